import { describe, expect, it } from 'vitest';
import { diff, plan, statement } from '../../test/samples.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import { formatPlan } from './format-plan.js';
import type { MigrationPlan, PreflightCheck } from './migration-plan.zod.js';

const removed = {
  id: 'remove_field:account.size',
  change: 'removed',
  risk: 'loses_data',
  code: 'DS102',
  object: 'account',
  field: 'size',
  before: { type: 'text' },
} as const;
const check: PreflightCheck = {
  id: 'removed:account.size',
  changeId: removed.id,
  sql: 'SELECT 0 AS "rows"',
  args: [],
  stops: 'unless_allowed',
  explanation: 'Records of account whose size is removed.',
};

const rebuild = (text: string) => ({ ...statement, kind: 'rebuild_table' as const, explanation: text });

/** Lines of one section, without the indentation. */
function sectionOf(value: Partial<MigrationPlan>, title: string): string[] | undefined {
  const blocks = formatPlan({ ...plan, ...value }).split('\n\n');
  const [, ...lines] = blocks.find((block) => block.startsWith(title))?.split('\n') ?? [];
  return lines.length > 0 ? lines.map((line) => line.slice(2)) : undefined;
}

describe('formatPlan', () => {
  it.each([
    [{ findings: [] }, 'Version 1.0.0: 0 changes, 1 statement. Reversible.'],
    [{}, 'Version 1.0.0: 0 changes, 1 statement. Reversible. Records were not counted.'],
    [
      { bundleVersion: undefined, bundleChecksum: undefined, findings: [], reversible: false },
      'Schema change: 0 changes, 1 statement. Not reversible.',
    ],
    [
      { findings: [], diff: { ...diff, restores: { deploymentId: 'd1', tables: [] } } },
      'Version 1.0.0, rolls back deployment d1: 0 changes, 1 statement. Reversible.',
    ],
    [{ statements: [], findings: [] }, 'Version 1.0.0: no changes.'],
  ] as [Partial<MigrationPlan>, string][])('summarizes the plan in the first line: %#', (value, heading) => {
    expect(formatPlan({ ...plan, ...value })).toBe(heading);
  });

  it('has one line for each rebuild', () => {
    const statements = [
      rebuild('Rebuilds the table of a (1 of 2).'),
      rebuild('Rebuilds the table of a (2 of 2).'),
      statement,
      rebuild('Rebuilds the table of b without 3 columns.'),
    ];
    expect(sectionOf({ statements }, 'Table rebuilds')).toEqual([
      'Rebuilds the table of a. (2 statements)',
      'Rebuilds the table of b without 3 columns. (1 statement)',
    ]);
  });

  it('omits the change of an object that is only the sum of the changes of its fields', () => {
    const before = { name: 'account', fields: { size: { type: 'text' } } } as const;
    const object = {
      id: 'change_object:account',
      change: 'modified',
      risk: 'safe',
      code: 'SF005',
      object: 'account',
      before,
    } as const;
    const linesOf = (after: object, fields: MigrationPlan['diff']['fields']) =>
      sectionOf(
        { diff: { ...diff, objects: [{ ...object, after: { ...before, ...after } }], fields } },
        'Changes',
      );
    const fieldLine = `loses_data  DS102  ${removed.id}  A field is removed together with its values.`;
    const objectLine = `SF005  ${object.id}  Metadata changes without an effect on the table.`;
    expect(linesOf({ fields: {} }, [removed])).toEqual([fieldLine]);
    expect(linesOf({ fields: {}, label: 'Customer' }, [removed])).toEqual([
      `safe        ${objectLine}`,
      fieldLine,
    ]);
    expect(linesOf({ label: 'Customer' }, [])).toEqual([`safe  ${objectLine}`]);
    const reordered = { fields: {}, name: 'account' };
    const objects = [{ ...object, before: { ...before }, after: reordered }];
    expect(sectionOf({ diff: { ...diff, objects, fields: [removed] } }, 'Changes')).toEqual([fieldLine]);
  });

  it('lists each id that must be approved once, with all its effects and the sampled records', () => {
    const findings = [{ checkId: check.id, rows: 7, samples: ['a', 'b'] }];
    const fields = [
      { ...removed, weakens: ['WI403'] },
      { ...removed, id: 'change_field:account.name', risk: 'unproven_rename', code: 'RN401' },
      { ...removed, id: 'change_field:account.code', risk: 'weakens_integrity', code: 'WI404' },
      { ...removed, id: 'change_field:account.day', risk: 'may_fail', code: 'DD201' },
    ] as MigrationPlan['diff']['fields'];
    const value = { diff: { ...diff, fields }, preflight: [check], findings };
    expect(sectionOf(value, 'Approval required')).toEqual([
      `${removed.id}  Removes data. Weakens integrity. 7 records (a, b, …): Records of account whose size is removed.`,
      'change_field:account.name  May miss a rename, and then starts without the earlier data.',
      'change_field:account.code  Weakens integrity.',
    ]);
    expect(
      sectionOf(
        { ...value, diff: { ...value.diff, restores: { deploymentId: 'd1', tables: [] } } },
        'Approval',
      ),
    ).toHaveLength(1);
  });

  it('lists affected records that need no approval, and omits checks that counted none', () => {
    const filled = { ...check, id: 'filled:account.size', stops: 'never' as const, explanation: 'Filled.' };
    const blocking = { ...check, id: 'duplicates:x', stops: 'always' as const, explanation: 'Repeated.' };
    const value = (rows: number): Partial<MigrationPlan> => ({
      diff: { ...diff, fields: [removed] },
      preflight: [filled, blocking],
      findings: [
        { checkId: filled.id, rows },
        { checkId: blocking.id, rows },
        { checkId: 'replace_seeded:account', rows, samples: ['a'], explanation: 'Seeded before.' },
      ],
    });
    expect(sectionOf(value(1), 'Affected records')).toEqual([
      '1 record: Filled.',
      '1 record (a): Seeded before.',
    ]);
    expect(sectionOf(value(1), 'Prevented')).toEqual(['1 record: Repeated.']);
    expect(sectionOf(value(1), 'Changes')?.[0]).toMatch(/ \(filled: 1, duplicates: 1\)$/);
    expect(sectionOf(value(0), 'Affected records')).toBeUndefined();
    expect(sectionOf(value(0), 'Prevented')).toBeUndefined();
    expect(sectionOf(value(0), 'Changes')?.[0]).toMatch(/ \(duplicates: 0\)$/);
  });

  it('lists drift and warnings, with their suggestions', () => {
    const drift: MigrationPlan['drift'] = [
      {
        code: 'DR701',
        kind: 'index',
        table: 'account',
        name: 'by_hand',
        statements: [],
        outcome: 'recreated',
      },
    ] as const;
    const warnings: MigrationPlan['warnings'] = [
      { severity: 'warning', path: '', code: 'unknown_key', message: 'Unknown.', suggestion: 'objects' },
    ];
    expect(sectionOf({ drift }, 'Drift')).toEqual(['DR701  index:account.by_hand  recreated']);
    expect(sectionOf({ warnings }, 'Warnings')).toEqual([
      'unknown_key  bundle  Unknown. (suggestion: objects)',
    ]);
  });

  it.each(['text', 'markdown'] as const)('keeps a hostile text in its line, as %s', (format) => {
    const warnings: MigrationPlan['warnings'] = [
      {
        severity: 'warning',
        path: '/a`b\n## c',
        code: 'unknown_key',
        message: '<img src=x>\r\u001b[31m \u202e[a](b) **bold** \u2028end',
      },
    ];
    const last = formatPlan({ ...plan, warnings }, { format })
      .split(/[\n\r\u2028]/)
      .at(-1);
    expect(last).toBe(
      {
        text: '  unknown_key  /a`b\\u000a## c  <img src=x>\\u000d\\u001b[31m \\u202e[a](b) **bold** \\u2028end',
        markdown:
          '- `unknown_key` `` /a`b\\u000a## c `` \\<img src=x\\>\\\\u000d\\\\u001b\\[31m \\\\u202e\\[a\\](b) \\*\\*bold\\*\\* \\\\u2028end',
      }[format],
    );
  });

  it.each(['html', 'toString', '__proto__'])('rejects the format %s', (format) => {
    let error: unknown;
    try {
      formatPlan(plan, { format: format as 'text' });
    } catch (reason) {
      error = reason;
    }
    expect(ObjectStackError.isInstance(error) && error.code).toBe('invalid_request');
  });
});

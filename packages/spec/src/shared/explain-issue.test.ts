import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { FieldTypeEnum } from '../data/field-type.zod.js';
import { explainIssue } from './explain-issue.js';
import { MachineNameSchema, SemanticVersionSchema } from './names.zod.js';

const Schema = z.object({
  name: MachineNameSchema.optional(),
  version: SemanticVersionSchema.optional(),
  type: FieldTypeEnum.optional(),
  plan: z.enum(['free', 'pro']).default('free'),
  size: z.int().min(1).max(9).optional(),
  tags: z.array(z.string().max(3)).min(1).optional(),
  due: z.iso.date().optional(),
  at: z.iso.datetime().optional(),
  mail: z.email().nullable().optional(),
  unique: z.union([z.boolean(), z.enum(['tenant'])]).optional(),
  key: z.union([z.string(), z.array(z.string())]).optional(),
  custom: z.string({ error: 'Only one object' }).optional(),
  odd: z.number().multipleOf(2).optional(),
  width: z.number().positive().lt(100).optional(),
  pair: z.array(z.string()).length(2).optional(),
  code: z.string().length(1).optional(),
  rule: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('format'), regex: z.string().describe('Regular expression.') }),
      z.object({ kind: z.literal('unique') }),
    ])
    .optional(),
  fields: z.record(MachineNameSchema, z.strictObject({ required: z.boolean().optional() })).optional(),
  option: z
    .object({ label: z.string(), value: z.string().nullable(), color: z.string().optional() })
    .optional(),
  sorted: z.array(z.object({ field: z.string(), order: z.string().default('asc') })).optional(),
});

function explained(value: unknown) {
  const issue = Schema.safeParse(value).error?.issues[0];
  if (!issue) throw new Error('The value is valid.');
  return explainIssue(issue, { schema: Schema, value });
}

describe('explainIssue', () => {
  it.each<[unknown, string, string?]>([
    [7, 'Expected an object'],
    [{ option: 'x' }, 'Expected an object with the keys label, value'],
    [{ sorted: 'x' }, 'Expected a list of objects with the key field'],
    [{ sorted: ['x'] }, 'Expected an object with the key field'],
    [{ tags: 'x' }, 'Expected a list. Put it in brackets'],
    [{ size: '5' }, 'Expected a number. Write it without quotes'],
    [{ fields: 'x' }, 'Expected an object'],
    [{ fields: { a: 'x' } }, 'Expected an object'],
    [{ size: 'x' }, 'Expected a number'],
    [{ size: 1.5 }, 'Expected an integer'],
    [{ size: 0 }, 'Expected at least 1'],
    [{ size: 10 }, 'Expected at most 9'],
    [{ width: 0 }, 'Expected more than 0'],
    [{ width: 100 }, 'Expected less than 100'],
    [{ pair: ['a'] }, 'Expected exactly 2 items'],
    [{ pair: ['a', 'b', 'c'] }, 'Expected exactly 2 items'],
    [{ code: '' }, 'Expected exactly 1 character'],
    [{ tags: [] }, 'Expected at least 1 item'],
    [{ tags: ['long'] }, 'Expected at most 3 characters'],
    [{ plan: 'fre' }, 'Expected one of free, pro', 'free'],
    [{ plan: 7 }, 'Expected one of free, pro'],
    [{ type: 'txt' }, expect.stringMatching(/^Expected one of text, .* and 36 others$/), 'text'],
    [{ type: 'string' }, expect.any(String), 'text'],
    [{ type: 'Integer' }, expect.any(String), 'number'],
    [{ type: 'constructor' }, expect.any(String)],
    [{ due: '31.1.2026' }, 'Expected a date such as 2026-01-31'],
    [{ at: '2026-01-31' }, 'Expected a timestamp such as 2026-01-31T12:00:00Z'],
    [{ mail: 'ada' }, 'Expected an email address such as name@example.com'],
    [{ version: '1' }, 'Expected this format: Semantic version (semver.org), for example 1.4.0'],
    [{ unique: 'tenent' }, 'Expected true or false, or tenant', 'tenant'],
    [{ key: 7 }, 'Expected text, or a list'],
    [{ key: [7] }, 'Expected text at 0'],
    [{ custom: 7 }, 'Only one object'],
    [{ odd: 3 }, expect.stringContaining('multiple of 2')],
    [{ rule: { kind: 'formt' } }, 'Expected one of format, unique', 'format'],
    [{ rule: { kind: 'format' } }, 'The required key regex is missing. Expected: Regular expression'],
    [
      { fields: { 'Due Date': {} } },
      expect.stringMatching(/^The key Due Date is not valid. Expected: Machine name: .*sqlite_$/),
    ],
    [{ fields: { a: { requird: true } } }, 'The key requird is unknown', 'required'],
    [{ fields: { a: { required: true, requird: true } } }, 'The key requird is unknown'],
    [{ fields: { a: { b: 1, c: 1 } } }, 'The keys b, c are unknown. Known keys: required'],
  ])('explains %j', (value, message, suggestion) => {
    expect(explained(value)).toEqual(suggestion === undefined ? { message } : { message, suggestion });
  });

  it('never quotes a value, and no more than 100 characters of a key', () => {
    const found = [
      { plan: 'secret' },
      { due: 'secret' },
      { key: ['secret', 7] },
      { rule: { kind: 'secret' } },
    ];
    for (const value of found) expect(JSON.stringify(explained(value))).not.toContain('secret');
    expect(explained({ fields: { a: { ['k'.repeat(10_000)]: 1 } } }).message.length).toBeLessThan(150);
  });

  it('says what a missing key is, also without a description', () => {
    const Plain = z.object({ name: z.string() });
    const [issue] = Plain.safeParse({}).error?.issues ?? [];
    expect(issue && explainIssue(issue, { schema: Plain, value: {} }).message).toBe(
      'The required key name is missing. Expected text',
    );
  });
});

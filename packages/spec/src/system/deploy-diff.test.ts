import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { diff } from '../../test/samples.js';
import {
  ChangeKindEnum,
  ChangeRiskEnum,
  ComponentChangeSchema,
  DeployDiffSchema,
  FieldChangeSchema,
  IndexChangeSchema,
  ObjectChangeSchema,
  RestoreSchema,
  RetainedTableSchema,
} from './deploy-diff.zod.js';
import { DeployNoticeCodeEnum, DeployNoticeSchema } from './deploy-notice.zod.js';

const change = { id: 'x:account', risk: 'safe', code: 'SF001', object: 'account' };
const index = {
  name: 'account_name',
  unique: true,
  columns: [{ name: 'name', collation: 'BINARY', descending: false }],
  where: null,
  sql: null,
};
const CASES = [
  { schema: ObjectChangeSchema, base: change, thing: { name: 'account', fields: {} } },
  { schema: FieldChangeSchema, base: { ...change, field: 'name' }, thing: { type: 'text' } },
  { schema: IndexChangeSchema, base: { ...change, index: 'account_name' }, thing: index },
  {
    schema: ComponentChangeSchema,
    base: { id: 'x:view/a', risk: 'safe', code: 'SF004', kind: 'view', name: 'a' },
    thing: { name: 'a' },
  },
] as const;

describe.each([
  ['ObjectChangeSchema', CASES[0]],
  ['FieldChangeSchema', CASES[1]],
  ['IndexChangeSchema', CASES[2]],
  ['ComponentChangeSchema', CASES[3]],
])('%s', (_, { schema, base, thing }) => {
  it.each([
    { change: 'added', after: thing },
    { change: 'removed', before: thing },
    { change: 'modified', before: thing, after: thing },
    { change: 'renamed', before: thing, after: thing },
  ])('accepts a change: $change', (sides) => {
    const former = 'field' in base && sides.change === 'renamed' ? { former: 'title' } : {};
    const value = { ...base, ...sides, ...former };
    expect(schema.parse(value)).toEqual(value);
  });

  it.each([
    { change: 'added', before: thing, after: thing },
    { change: 'added' },
    { change: 'removed', before: thing, after: thing },
    { change: 'removed', after: thing },
    { change: 'modified', after: thing },
    { change: 'modified', before: thing },
  ])('rejects before and after that do not fit: %j', (sides) => {
    expect(issuePaths(schema, { ...base, ...sides })).toEqual(['']);
  });

  it.each([
    ['id', { id: '' }],
    ['risk', { risk: 'none' }],
    ['code', { code: 'XX999' }],
    ['code', { code: undefined }],
    ['change', { change: 'moved' }],
  ])('rejects an invalid %s', (path, wrong) => {
    expect(issuePaths(schema, { ...base, change: 'added', after: thing, ...wrong })).toContain(path);
  });
});

describe('FieldChangeSchema', () => {
  it.each([
    { change: 'renamed', before: { type: 'text' }, after: { type: 'text' } },
    { change: 'modified', before: { type: 'text' }, after: { type: 'text' }, former: 'title' },
  ])('has a previous name exactly if it is renamed: %j', (facts) => {
    expect(issuePaths(FieldChangeSchema, { ...change, field: 'name', ...facts })).toEqual(['former']);
  });
});

const kept = { name: '_os_undo_0123456789abcdef', object: 'account', columns: ['name'], whole: true };

describe('RetainedTableSchema', () => {
  it.each(['account', '_os_undo_x', '_os_object', '_os_undo_0123456789abcdef"'])(
    'rejects a table that is not an undo table: %s',
    (name) => {
      expect(issuePaths(RetainedTableSchema, { ...kept, name })).toEqual(['name']);
    },
  );
});

describe('RestoreSchema', () => {
  it('has a deployment and the tables of its values', () => {
    expect(RestoreSchema.parse({ deploymentId: 'd1', tables: [kept] })).toEqual({
      deploymentId: 'd1',
      tables: [kept],
    });
    expect(issuePaths(RestoreSchema, { deploymentId: '', tables: [kept] })).toEqual(['deploymentId']);
  });
});

describe('DeployDiffSchema', () => {
  it('accepts a diff with changes and notices', () => {
    const full = {
      ...diff,
      objects: [{ ...change, change: 'added', after: { name: 'account', fields: {} } }],
      notices: [
        { code: 'lookup_without_foreign_key', object: 'account', field: 'owner', message: 'No such object.' },
      ],
    };
    expect(DeployDiffSchema.parse(full)).toEqual(full);
  });

  it.each([
    ['owner', { owner: '' }],
    ['baseSchemaHash', { baseSchemaHash: 'abc' }],
    ['targetSchemaHash', { targetSchemaHash: '' }],
    ['objects.0.after', { objects: [{ ...change, change: 'added', after: {} }] }],
    ['knownObjects', { knownObjects: undefined }],
  ])('rejects an invalid %s: %j', (path, wrong) => {
    const [first] = issuePaths(DeployDiffSchema, { ...diff, ...wrong });
    expect(first?.startsWith(path)).toBe(true);
  });
});

describe('DeployNoticeSchema', () => {
  it.each(['', 'made_up', undefined])('rejects the code %j', (code) => {
    expect(issuePaths(DeployNoticeSchema, { code, object: 'account', message: 'x' })).toEqual(['code']);
  });
});

describe('DeployNoticeCodeEnum', () => {
  it('has every notice', () => {
    expect(DeployNoticeCodeEnum.options).toEqual([
      'lookup_without_foreign_key',
      'list_without_foreign_key',
      'index_not_made',
      'probable_rename',
      'stale_rename_hint',
      'incomplete_rename_hint',
      'backfill_not_used',
      'deletes_cascade',
    ]);
  });
});

describe('ChangeKindEnum', () => {
  it('has the four kinds', () => {
    expect(ChangeKindEnum.options).toEqual(['added', 'modified', 'renamed', 'removed']);
  });
});

describe('ChangeRiskEnum', () => {
  it('has the risks', () => {
    expect(ChangeRiskEnum.options).toEqual([
      'safe',
      'may_fail',
      'unproven_rename',
      'weakens_integrity',
      'loses_data',
    ]);
  });
});

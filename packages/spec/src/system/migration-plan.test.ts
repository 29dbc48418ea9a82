import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { diff, HASH, OTHER_HASH, plan, statement } from '../../test/samples.js';
import {
  MigrationPlanSchema,
  MigrationStatementSchema,
  PlannedSqlSchema,
  PreflightCheckSchema,
  PreflightFindingSchema,
  SqlArgumentSchema,
} from './migration-plan.zod.js';

const { rollback: _, ...bare } = statement as typeof statement & { reversible: true };
const irreversible = { ...bare, reversible: false } as const;
const check = {
  id: 'unique:account.name',
  changeId: 'add_index:account.name',
  sql: 'SELECT count(*) AS rows FROM "account"',
  args: [1, 'a', null],
  stops: 'always',
  explanation: 'Records that share a name.',
};

describe('MigrationPlanSchema', () => {
  it.each([
    ['of a bundle', plan],
    ['of a bare schema change', { ...plan, bundleChecksum: undefined, bundleVersion: undefined }],
    ['that does nothing', { ...plan, statements: [] }],
    [
      'that cannot be undone',
      { ...plan, statements: [statement, { ...irreversible, order: 1 }], reversible: false },
    ],
    ['with findings', { ...plan, preflight: [check], findings: [{ checkId: check.id, rows: 0 }] }],
  ])('accepts a plan %s', (_name, value) => {
    expect(MigrationPlanSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['reversible', { reversible: false }],
    ['reversible', { statements: [irreversible] }],
    ['reversible', { statements: [], reversible: false }],
    ['statements', { statements: [{ ...statement, order: 1 }] }],
    ['statements', { statements: [statement, statement] }],
    ['diff', { baseSchemaHash: OTHER_HASH }],
    ['diff', { targetSchemaHash: HASH }],
    ['diff.owner', { diff: { ...diff, owner: '' } }],
    ['bundleVersion', { bundleVersion: undefined }],
    ['bundleVersion', { bundleChecksum: undefined }],
    ['dialect', { dialect: 'postgres' }],
    ['protocolVersion', { protocolVersion: undefined }],
    ['planHash', { planHash: 'abc' }],
    ['findings.0.rows', { findings: [{ checkId: 'a', rows: -1 }] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(MigrationPlanSchema, { ...plan, ...change })).toEqual([path]);
  });
});

describe('MigrationStatementSchema', () => {
  it.each([statement, irreversible])('accepts reversible: $reversible', (value) => {
    expect(MigrationStatementSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['rollback', { ...bare, reversible: true }],
    ['rollback.0.sql', { ...statement, rollback: [{ sql: '', args: [] }] }],
    ['reversible', { ...bare, reversible: undefined }],
    ['kind', { ...statement, kind: 'drop_database' }],
    ['sql', { ...statement, sql: '' }],
    ['order', { ...statement, order: -1 }],
    ['risk', { ...statement, risk: 'high' }],
  ])('rejects an invalid %s: %j', (path, value) => {
    expect(issuePaths(MigrationStatementSchema, value)).toEqual([path]);
  });
});

describe('PlannedSqlSchema', () => {
  it('accepts texts, numbers and null', () => {
    expect(PlannedSqlSchema.parse({ sql: 'SELECT ?', args: ['a', 1.5, null] }).args).toEqual([
      'a',
      1.5,
      null,
    ]);
  });
});

describe('SqlArgumentSchema', () => {
  it.each([true, Number.NaN, Number.POSITIVE_INFINITY, undefined, {}, 1n])('rejects %s', (value) => {
    expect(SqlArgumentSchema.safeParse(value).success).toBe(false);
  });
});

describe('PreflightCheckSchema', () => {
  it('accepts a counting query', () => {
    expect(PreflightCheckSchema.parse(check)).toEqual(check);
  });

  it('requires an id', () => {
    expect(issuePaths(PreflightCheckSchema, { ...check, id: '' })).toEqual(['id']);
  });
});

describe('PreflightFindingSchema', () => {
  it('counts whole records', () => {
    expect(issuePaths(PreflightFindingSchema, { checkId: 'a', rows: 0.5 })).toEqual(['rows']);
  });
});

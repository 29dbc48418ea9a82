import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { DRIFT_CODES, DriftCodeEnum, DriftSchema, PlannedDriftSchema } from './drift.zod.js';

const drift = {
  code: 'DR701',
  kind: 'column',
  table: 'account',
  name: 'theirs',
  statements: ['ALTER TABLE "account" ADD COLUMN "theirs" TEXT'],
};

describe('DriftSchema', () => {
  it('accepts a difference', () => {
    expect(DriftSchema.parse(drift)).toEqual(drift);
  });

  it.each([
    ['code', { code: 'DS101' }],
    ['kind', { kind: 'row' }],
    ['table', { table: '' }],
    ['name', { name: '' }],
    ['statements.0', { statements: [''] }],
  ])('rejects an invalid %s', (path, wrong) => {
    expect(issuePaths(DriftSchema, { ...drift, ...wrong })).toEqual([path]);
  });
});

describe('PlannedDriftSchema', () => {
  it('has an outcome', () => {
    expect(PlannedDriftSchema.parse({ ...drift, outcome: 'unchanged' })).toEqual({
      ...drift,
      outcome: 'unchanged',
    });
    expect(issuePaths(PlannedDriftSchema, { ...drift, outcome: 'goes' })).toEqual(['outcome']);
  });
});

describe('DriftCodeEnum', () => {
  it('has a meaning for each code', () => {
    expect(DriftCodeEnum.options).toEqual(Object.keys(DRIFT_CODES));
  });
});

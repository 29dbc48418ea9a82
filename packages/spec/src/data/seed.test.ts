import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import { SeedDatasetSchema, SeedEnvironmentEnum, SeedModeEnum } from './seed.zod.js';

describe('SeedDatasetSchema', () => {
  it('upserts by name in every environment by default', () => {
    expect(SeedDatasetSchema.parse({ object: 'account', records: [{ name: 'Ada' }] })).toEqual({
      object: 'account',
      externalId: 'name',
      mode: 'upsert',
      env: ['prod', 'dev', 'test'],
      records: [{ name: 'Ada' }],
    });
  });

  it.each([
    { object: 'a', externalId: ['x', 'y'], mode: 'ignore', env: ['dev'], records: [], note: 'retained' },
    {
      object: 'a',
      externalId: 'code',
      mode: 'replace',
      env: [],
      records: [{ n: null, list: [1], map: { a: 1 } }],
    },
  ])('returns %j unchanged', (dataset) => {
    expect(SeedDatasetSchema.parse(dataset)).toEqual(dataset);
  });

  it.each([
    ['object', { object: 'My object' }],
    ['externalId', { externalId: '' }],
    ['externalId', { externalId: [] }],
    ['mode', { mode: 'merge' }],
    ['env.0', { env: ['production'] }],
    ['records', { records: undefined }],
    ['records.0', { records: ['Ada'] }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(SeedDatasetSchema, { object: 'account', records: [], ...change })).toEqual([path]);
  });
});

describe('SeedModeEnum', () => {
  it('has the five modes', () => {
    expect(SeedModeEnum.options).toEqual(['insert', 'update', 'upsert', 'replace', 'ignore']);
  });
});

describe('SeedEnvironmentEnum', () => {
  it('has the three environments', () => {
    expect(SeedEnvironmentEnum.options).toEqual(['prod', 'dev', 'test']);
  });
});

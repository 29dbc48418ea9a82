import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import {
  CDCConfigSchema,
  ObjectCapabilitiesSchema,
  ObjectFieldGroupSchema,
  PartitioningConfigSchema,
  RecordNameConfigSchema,
  SearchConfigSchema,
  SoftDeleteConfigSchema,
  TenancyConfigSchema,
  VersioningConfigSchema,
} from './object-config.zod.js';

describe('ObjectFieldGroupSchema', () => {
  it.each([{ key: 'a', label: 'A', defaultExpanded: false, visibleOn: 'b' }])(
    'returns %j unchanged',
    (value) => {
      expect(ObjectFieldGroupSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['key', { key: 'A b' }],
    ['label', { label: undefined }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ObjectFieldGroupSchema, { ...{ key: 'a', label: 'A' }, ...change })).toEqual([path]);
  });
});

describe('TenancyConfigSchema', () => {
  it.each([{ enabled: true, strategy: 'hybrid', tenantField: 'org' }])('returns %j unchanged', (value) => {
    expect(TenancyConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['strategy', { strategy: 'none' }],
    ['enabled', { enabled: undefined }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(TenancyConfigSchema, { ...{ enabled: true, strategy: 'shared' }, ...change })).toEqual([
      path,
    ]);
  });
});

describe('SoftDeleteConfigSchema', () => {
  it.each([{ enabled: true, field: 'gone_at', cascadeDelete: true }])('returns %j unchanged', (value) => {
    expect(SoftDeleteConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['enabled', {}],
    ['field', { enabled: true, field: 1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(SoftDeleteConfigSchema, change)).toEqual([path]);
  });
});

describe('VersioningConfigSchema', () => {
  it.each([{ enabled: true, strategy: 'event-sourcing', retentionDays: 30 }])(
    'returns %j unchanged',
    (value) => {
      expect(VersioningConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['strategy', { strategy: 'diff' }],
    ['retentionDays', { retentionDays: 0 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(VersioningConfigSchema, { ...{ enabled: true, strategy: 'delta' }, ...change }),
    ).toEqual([path]);
  });
});

describe('PartitioningConfigSchema', () => {
  it.each([{ enabled: true, strategy: 'list', key: 'a', interval: '1 month' }])(
    'returns %j unchanged',
    (value) => {
      expect(PartitioningConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['strategy', { strategy: 'year' }],
    ['key', { key: undefined }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(PartitioningConfigSchema, { ...{ enabled: true, strategy: 'range', key: 'a' }, ...change }),
    ).toEqual([path]);
  });
});

describe('CDCConfigSchema', () => {
  it.each([{ enabled: false, events: ['delete'], destination: 'x' }])('returns %j unchanged', (value) => {
    expect(CDCConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['events.0', { events: ['read'] }],
    ['destination', { destination: undefined }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(CDCConfigSchema, { ...{ enabled: true, events: [], destination: 'x' }, ...change }),
    ).toEqual([path]);
  });
});

describe('RecordNameConfigSchema', () => {
  it.each([{ type: 'autonumber', displayFormat: 'A-{000}', startNumber: 0 }])(
    'returns %j unchanged',
    (value) => {
      expect(RecordNameConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['type', { type: 'uuid' }],
    ['startNumber', { startNumber: -1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(RecordNameConfigSchema, { ...{ type: 'text' }, ...change })).toEqual([path]);
  });
});

describe('SearchConfigSchema', () => {
  it.each([{ fields: ['a'], displayFields: ['b'], filters: ['c'] }])('returns %j unchanged', (value) => {
    expect(SearchConfigSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['fields', { fields: undefined }],
    ['filters', { filters: 'c' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(SearchConfigSchema, { ...{ fields: [] }, ...change })).toEqual([path]);
  });
});

describe('ObjectCapabilitiesSchema', () => {
  it.each([{}, { trackHistory: true, apiMethods: ['get', 'export'] }])('returns %j unchanged', (value) => {
    expect(ObjectCapabilitiesSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['apiMethods.0', { apiMethods: ['patch'] }],
    ['mru', { mru: 'yes' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(ObjectCapabilitiesSchema, change)).toEqual([path]);
  });
});

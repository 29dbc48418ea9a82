import { describe, expect, it } from 'vitest';
import { issuePaths } from '../../test/issue-paths.js';
import {
  ComputedFieldCacheSchema,
  CurrencyConfigSchema,
  DataQualityRulesSchema,
  SummaryOperationsSchema,
  VectorConfigSchema,
} from './field-config.zod.js';

describe('SummaryOperationsSchema', () => {
  it.each([{ object: 'line', field: 'amount', function: 'avg', filter: 'retained' }])(
    'returns %j unchanged',
    (value) => {
      expect(SummaryOperationsSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['function', { function: 'median' }],
    ['object', { object: undefined }],
    ['field', { field: 1 }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(SummaryOperationsSchema, {
        ...{ object: 'line', field: 'amount', function: 'sum' },
        ...change,
      }),
    ).toEqual([path]);
  });
});

describe('CurrencyConfigSchema', () => {
  it.each([{}, { precision: 0, currencyMode: 'fixed', defaultCurrency: 'EUR' }])(
    'returns %j unchanged',
    (value) => {
      expect(CurrencyConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['precision', { precision: 11 }],
    ['defaultCurrency', { defaultCurrency: 'Euro' }],
    ['currencyMode', { currencyMode: 'both' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(CurrencyConfigSchema, change)).toEqual([path]);
  });
});

describe('VectorConfigSchema', () => {
  it.each([{ dimensions: 1536, distanceMetric: 'dotProduct', indexType: 'hnsw' }])(
    'returns %j unchanged',
    (value) => {
      expect(VectorConfigSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['dimensions', { dimensions: 0 }],
    ['distanceMetric', { distanceMetric: 'city' }],
    ['indexType', { indexType: 'tree' }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(VectorConfigSchema, { ...{ dimensions: 3 }, ...change })).toEqual([path]);
  });
});

describe('ComputedFieldCacheSchema', () => {
  it.each([{ enabled: true, ttl: 0, invalidateOn: ['a'] }])('returns %j unchanged', (value) => {
    expect(ComputedFieldCacheSchema.parse(value)).toEqual(value);
  });

  it.each([
    ['ttl', { ttl: -1 }],
    ['invalidateOn', { invalidateOn: 'a' }],
    ['enabled', { enabled: undefined }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(
      issuePaths(ComputedFieldCacheSchema, { ...{ enabled: true, ttl: 60, invalidateOn: [] }, ...change }),
    ).toEqual([path]);
  });
});

describe('DataQualityRulesSchema', () => {
  it.each([{}, { uniqueness: true, completeness: 0.9, accuracy: { source: 'x', threshold: 1 } }])(
    'returns %j unchanged',
    (value) => {
      expect(DataQualityRulesSchema.parse(value)).toEqual(value);
    },
  );

  it.each([
    ['completeness', { completeness: 2 }],
    ['accuracy.threshold', { accuracy: { source: 'x' } }],
  ])('rejects an invalid %s: %j', (path, change) => {
    expect(issuePaths(DataQualityRulesSchema, change)).toEqual([path]);
  });
});

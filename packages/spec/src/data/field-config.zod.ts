import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { textLength } from '../shared/text-length.js';

const Flag = z.boolean().optional();
const Texts = z.array(z.string());

export const SummaryOperationsSchema = z
  .looseObject(
    lazyShape(() => ({
      object: z.string().describe('Name of the child object whose records should be aggregated.'),
      field: z.string().describe("Name of the child object's field to aggregate."),
      function: z
        .enum(['count', 'sum', 'min', 'max', 'avg'])
        .describe(
          'Aggregate function: the number of records, or the sum, minimum, maximum or average of the field.',
        ),
    })),
  )
  .describe('Aggregation of child records for a summary field.');
export type SummaryOperations = z.infer<typeof SummaryOperationsSchema>;

export const CurrencyConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      precision: z
        .int()
        .min(0)
        .max(10)
        .optional()
        .describe('Number of digits after the decimal point. Defaults to 2.'),
      currencyMode: z
        .enum(['dynamic', 'fixed'])
        .optional()
        .describe(
          'Currency of the records. dynamic: each record has its own; fixed: all records use defaultCurrency. Defaults to dynamic.',
        ),
      defaultCurrency: z
        .string()
        .check(textLength({ min: 3, max: 3 }))
        .optional()
        .describe('Default currency as an ISO 4217 code, for example EUR.'),
    })),
  )
  .describe('Display settings of a currency field.');
export type CurrencyConfig = z.infer<typeof CurrencyConfigSchema>;

export const VectorConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      dimensions: z.int().min(1).max(10_000).describe('Number of dimensions of each vector.'),
      distanceMetric: z
        .enum(['cosine', 'euclidean', 'dotProduct', 'manhattan'])
        .optional()
        .describe(
          'Metric for the distance between two vectors: cosine, Euclidean, dot product or Manhattan distance. Defaults to cosine.',
        ),
      normalized: Flag.describe(
        'Whether all vectors are expected to be normalized to length 1. Defaults to false.',
      ),
      indexed: Flag.describe('Whether a similarity search index should be created. Defaults to true.'),
      indexType: z
        .enum(['hnsw', 'ivfflat', 'flat'])
        .optional()
        .describe(
          'Type of the similarity search index. hnsw: approximate, graph-based; ivfflat: approximate, clustered; flat: exact.',
        ),
    })),
  )
  .describe('Dimensions and requested index of a vector field.');
export type VectorConfig = z.infer<typeof VectorConfigSchema>;

export const ComputedFieldCacheSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: z.boolean().describe('Whether computed values should be cached.'),
      ttl: z.number().min(0).describe('Time for which a value may be cached, in seconds.'),
      invalidateOn: Texts.describe(
        'List of the names of the fields whose change should invalidate the cached value.',
      ),
    })),
  )
  .describe('Requested caching of a computed value.');
export type ComputedFieldCache = z.infer<typeof ComputedFieldCacheSchema>;

export const DataQualityRulesSchema = z
  .looseObject(
    lazyShape(() => ({
      uniqueness: Flag.describe('Whether values should be unique. Defaults to false.'),
      completeness: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe(
          'Minimum proportion of records that should have a value, from 0 (none) to 1 (all). Defaults to 0.',
        ),
      accuracy: z
        .looseObject({
          source: z
            .string()
            .describe(
              'Name of the reference data to compare the values with, as known to the application. Any string is accepted.',
            ),
          threshold: z
            .number()
            .min(0)
            .max(1)
            .describe('Minimum proportion of values that should agree with the reference data, from 0 to 1.'),
        })
        .optional()
        .describe(
          'Expected accuracy: which reference data (source), and the proportion of values from 0 to 1 that should agree with it (threshold).',
        ),
    })),
  )
  .describe('Data quality targets for the values of a field across all records.');
export type DataQualityRules = z.infer<typeof DataQualityRulesSchema>;

import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { textLength } from '../shared/text-length.js';

const Flag = z.boolean().optional();
const Texts = z.array(z.string());

export const SummaryOperationsSchema = z
  .looseObject(
    lazyShape(() => ({
      object: z.string().describe('Name of the child object whose records are aggregated.'),
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
        .describe('Number of digits after the decimal point. Default: 2.'),
      currencyMode: z
        .enum(['dynamic', 'fixed'])
        .optional()
        .describe(
          'Currency of the records. dynamic: each record has its own; fixed: all records use defaultCurrency. Default: dynamic.',
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
          'Metric for the distance between two vectors: cosine, Euclidean, dot product or Manhattan distance. Default: cosine.',
        ),
      normalized: Flag.describe('Whether all vectors are normalized to length 1. Default: false.'),
      indexed: Flag.describe('Whether a similarity search index is created. Default: true.'),
      indexType: z
        .enum(['hnsw', 'ivfflat', 'flat'])
        .optional()
        .describe(
          'Type of the similarity search index. hnsw: approximate, graph-based; ivfflat: approximate, clustered; flat: exact.',
        ),
    })),
  )
  .describe('Dimensions and index of a vector field.');
export type VectorConfig = z.infer<typeof VectorConfigSchema>;

export const ComputedFieldCacheSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: z.boolean().describe('Whether computed values are cached.'),
      ttl: z.number().min(0).describe('Time for which a value is cached, in seconds.'),
      invalidateOn: Texts.describe('List of fields whose change invalidates the cached value.'),
    })),
  )
  .describe('Caching of a computed value.');
export type ComputedFieldCache = z.infer<typeof ComputedFieldCacheSchema>;

export const DataQualityRulesSchema = z
  .looseObject(
    lazyShape(() => ({
      uniqueness: Flag.describe('Whether values are expected to be unique. Default: false.'),
      completeness: z
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe('Expected proportion of records with a value, from 0 to 1. Default: 0.'),
      accuracy: z
        .looseObject({
          source: z.string().describe('Reference source that the values are compared with.'),
          threshold: z
            .number()
            .min(0)
            .max(1)
            .describe('Expected proportion of values that agree with the source, from 0 to 1.'),
        })
        .optional()
        .describe('Expected agreement of the values with a reference source.'),
    })),
  )
  .describe('Data quality targets for the values of a field across all records.');
export type DataQualityRules = z.infer<typeof DataQualityRulesSchema>;

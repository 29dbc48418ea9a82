import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { textLength } from '../shared/text-length.js';

const Flag = z.boolean().optional();
const Texts = z.array(z.string());

export const SummaryOperationsSchema = z
  .looseObject(
    lazyShape(() => ({
      object: z.string().describe('Child object whose records are rolled up.'),
      field: z.string().describe('Field of the child object that is rolled up.'),
      function: z.enum(['count', 'sum', 'min', 'max', 'avg']).describe('How the values become one.'),
    })),
  )
  .describe('Roll-up of child records in a summary field.');
export type SummaryOperations = z.infer<typeof SummaryOperationsSchema>;

export const CurrencyConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      precision: z.int().min(0).max(10).optional().describe('Digits after the decimal point. Absent: 2.'),
      currencyMode: z
        .enum(['dynamic', 'fixed'])
        .optional()
        .describe('Whether each record has a currency of its own. Absent: dynamic.'),
      defaultCurrency: z
        .string()
        .check(textLength({ min: 3, max: 3 }))
        .optional()
        .describe('Currency after ISO 4217, such as EUR.'),
    })),
  )
  .describe('How an amount of money is shown.');
export type CurrencyConfig = z.infer<typeof CurrencyConfigSchema>;

export const VectorConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      dimensions: z.int().min(1).max(10_000).describe('Numbers in each vector.'),
      distanceMetric: z
        .enum(['cosine', 'euclidean', 'dotProduct', 'manhattan'])
        .optional()
        .describe('How near two vectors are. Absent: cosine.'),
      normalized: Flag.describe('Whether every vector has length one. Absent: false.'),
      indexed: Flag.describe('Whether vectors can be searched by nearness. Absent: true.'),
      indexType: z.enum(['hnsw', 'ivfflat', 'flat']).optional().describe('Kind of index for that search.'),
    })),
  )
  .describe('Size and search of a vector field.');
export type VectorConfig = z.infer<typeof VectorConfigSchema>;

export const ComputedFieldCacheSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: z.boolean().describe('Whether computed values are kept.'),
      ttl: z.number().min(0).describe('Seconds for which a value is kept.'),
      invalidateOn: Texts.describe('Fields whose change drops the kept value.'),
    })),
  )
  .describe('How long a computed value is kept.');
export type ComputedFieldCache = z.infer<typeof ComputedFieldCacheSchema>;

export const DataQualityRulesSchema = z
  .looseObject(
    lazyShape(() => ({
      uniqueness: Flag.describe('Whether values should differ from each other. Absent: false.'),
      completeness: z.number().min(0).max(1).optional().describe('Share of records to be filled. Absent: 0.'),
      accuracy: z
        .looseObject({
          source: z.string().describe('What the values are compared with.'),
          threshold: z.number().min(0).max(1).describe('Share of values that must agree.'),
        })
        .optional()
        .describe('How far the values must agree with a source.'),
    })),
  )
  .describe('What is expected of the values of a field taken together.');
export type DataQualityRules = z.infer<typeof DataQualityRulesSchema>;

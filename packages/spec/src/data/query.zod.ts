import * as z from 'zod';
import { FilterSchema } from './filter.zod.js';

export const SortNodeSchema = z
  .strictObject({
    field: z.string().describe('Field to order by.'),
    order: z.enum(['asc', 'desc']).default('asc').describe('Direction.'),
  })
  .describe('One criterion of an order.');
export type SortNode = z.infer<typeof SortNodeSchema>;
export type SortNodeInput = z.input<typeof SortNodeSchema>;

const Refused = z.unknown().optional();

export const QuerySchema = z
  .strictObject({
    object: z
      .string()
      .optional()
      .describe('Object that is queried; must equal the one that the driver is asked for.'),
    fields: z.array(z.string()).min(1).optional().describe('Fields to return besides id. Absent: all.'),
    where: FilterSchema.optional(),
    orderBy: z.array(SortNodeSchema).optional().describe('Order; id is always the last criterion.'),
    limit: z.int().min(0).optional().describe('Most records to return; 0 returns none.'),
    offset: z.int().min(0).optional().describe('Records to pass over first.'),
    top: z.int().min(0).optional().describe('Same as limit.'),
    search: Refused.describe('Refused as not_supported.'),
    cursor: Refused.describe('Refused as not_supported.'),
    joins: Refused.describe('Refused as not_supported.'),
    aggregations: Refused.describe('Refused as not_supported.'),
    groupBy: Refused.describe('Refused as not_supported.'),
    having: Refused.describe('Refused as not_supported.'),
    windowFunctions: Refused.describe('Refused as not_supported.'),
    distinct: Refused.describe('Refused as not_supported.'),
    expand: Refused.describe('Refused as not_supported.'),
  })
  .describe('Which records of an object, in which order, with which fields.');
export type Query = z.infer<typeof QuerySchema>;
export type QueryInput = z.input<typeof QuerySchema>;

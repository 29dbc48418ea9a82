import * as z from 'zod';
import { FilterSchema } from './filter.zod.js';
import {
  AggregationNodeSchema,
  FullTextSearchSchema,
  SortNodeSchema,
  WindowFunctionNodeSchema,
} from './query-node.zod.js';

const plain = {
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
  search: FullTextSearchSchema.optional().describe('A search by words. Refused as not_supported.'),
  cursor: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe(
      'Last record of the page before, by its id and the fields of orderBy that come before it, no more and no less; what follows it in the order is returned. Not together with offset.',
    ),
  aggregations: z
    .array(AggregationNodeSchema)
    .min(1)
    .optional()
    .describe('Values computed over each group, or over all records without groupBy.'),
  groupBy: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Fields whose equal values make a group; they stand in its row, and empty is a value.'),
  having: FilterSchema.optional().describe(
    'Groups to return, by conditions on fields of groupBy and aliases of aggregations.',
  ),
  windowFunctions: z
    .array(WindowFunctionNodeSchema)
    .optional()
    .describe('Values from the records around each one. Refused as not_supported.'),
  distinct: z
    .boolean()
    .optional()
    .describe('Whether rows of equal values in fields are returned once, without their id.'),
};

const join = {
  type: z.enum(['inner', 'left', 'right', 'full']).describe('What becomes of records without a partner.'),
  strategy: z.enum(['auto', 'database', 'hash', 'loop']).optional().describe('Who joins. Absent: auto.'),
  object: z.string().describe('Object that is joined.'),
  alias: z.string().optional().describe('Name of what is joined.'),
  on: FilterSchema.describe('What makes two records partners.'),
};

/** Written out, because what holds itself has no type that could be inferred. */
interface Nested<AQuery, AJoin> {
  joins?: AJoin[] | undefined;
  expand?: Record<string, AQuery> | undefined;
}
interface JoinOf<AQuery> {
  subquery?: AQuery | undefined;
}
export type JoinNode = z.infer<z.ZodObject<typeof join>> & JoinOf<Query>;
export type JoinNodeInput = z.input<z.ZodObject<typeof join>> & JoinOf<QueryInput>;
export type Query = z.infer<z.ZodObject<typeof plain>> & Nested<Query, JoinNode>;
export type QueryInput = z.input<z.ZodObject<typeof plain>> & Nested<QueryInput, JoinNodeInput>;

/** The narrow type of a schema: comparing two by all that they can do takes the compiler a second. */
type QueryNode = z.core.$ZodType<Query, QueryInput>;
type JoinNodes = z.core.$ZodType<JoinNode, JoinNodeInput>;

export const JoinNodeSchema = z
  .strictObject({
    ...join,
    get subquery(): z.ZodOptional<QueryNode> {
      const query: QueryNode = QuerySchema;
      return z.optional(query).describe('Records of the other object that are joined.');
    },
  })
  .describe('Another object whose records are returned along.');

export const QuerySchema = z
  .strictObject({
    ...plain,
    get joins(): z.ZodOptional<z.ZodArray<JoinNodes>> {
      const node: JoinNodes = JoinNodeSchema;
      return z.optional(z.array(node)).describe('Other objects. Refused as not_supported.');
    },
    get expand(): z.ZodOptional<z.ZodRecord<z.ZodString, QueryNode>> {
      const query: QueryNode = QuerySchema;
      return z
        .optional(z.record(z.string(), query))
        .describe(
          'Lookups to return with the record that they refer to in place of its id, by field; of the inner query only fields and expand apply, five levels deep.',
        );
    },
  })
  .describe('Which records of an object, in which order, with which fields.');

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
    .describe(
      'Name of the object to query. Can be omitted in calls that take the name as an argument; if both are given, they must be equal.',
    ),
  fields: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('List of names of the fields to return; `id` is always included. Defaults to all fields.'),
  where: FilterSchema.optional().describe('Filter for the records. Defaults to all records.'),
  orderBy: z
    .array(SortNodeSchema)
    .optional()
    .describe(
      'List of sort criteria, the most important first. Records with equal values are sorted by id; groups by the fields of groupBy, and distinct rows by those of fields.',
    ),
  limit: z
    .int()
    .min(0)
    .optional()
    .describe('Maximum number of records to return; 0 returns none. Defaults to no limit.'),
  offset: z.int().min(0).optional().describe('Number of records to skip at the start. Defaults to 0.'),
  top: z
    .int()
    .min(0)
    .optional()
    .describe('Alias of `limit`, for clients that use this name. If both are given, they must be equal.'),
  search: FullTextSearchSchema.optional().describe(
    'Full-text search. Not supported: rejected with `not_supported`.',
  ),
  cursor: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe(
      'Last record of the previous page, after which this page starts: its values of `id` and of the fields of orderBy, by field name. Fields of orderBy after `id` are left out. Cannot be combined with offset.',
    ),
  aggregations: z
    .array(AggregationNodeSchema)
    .min(1)
    .optional()
    .describe(
      'List of aggregate values to compute for each group of groupBy or, without groupBy, for all matching records together.',
    ),
  groupBy: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      "List of names of the fields to group by. Records with equal values form a group, and so do records without a value; each returned row contains the group's values. Rows are sorted by these fields, ascending, unless orderBy is given. Only find returns groups; findOne and findStream reject them.",
    ),
  having: FilterSchema.optional().describe(
    'Filter for groups, with conditions on fields of groupBy and on aliases of aggregations: for example { "total": { "$gt": 100 } }. Defaults to all groups.',
  ),
  windowFunctions: z
    .array(WindowFunctionNodeSchema)
    .optional()
    .describe('List of window functions. Not supported: rejected with `not_supported`.'),
  distinct: z
    .boolean()
    .optional()
    .describe(
      'Whether duplicate rows are removed. If true, the rows contain only the requested fields, without id, and are sorted by them. Defaults to false.',
    ),
};

const join = {
  type: z
    .enum(['inner', 'left', 'right', 'full'])
    .describe(
      'Join type. inner: only matching records; left, right: also unmatched records of the query or of the joined object; full: all unmatched records.',
    ),
  strategy: z
    .enum(['auto', 'database', 'hash', 'loop'])
    .optional()
    .describe(
      'Where the join is executed. auto: the driver decides; database: in the database; hash or loop: in the driver, with this algorithm. Defaults to auto.',
    ),
  object: z.string().describe('Name of the object to join.'),
  alias: z.string().optional().describe('Alias of the joined object in the query.'),
  on: FilterSchema.describe('Join condition.'),
};

/** Declared explicitly, because the type of a recursive schema cannot be inferred. */
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

/** A narrow schema type, because comparing the full types structurally takes the compiler a second. */
type QueryNode = z.core.$ZodType<Query, QueryInput>;
type JoinNodes = z.core.$ZodType<JoinNode, JoinNodeInput>;

export const JoinNodeSchema = z
  .strictObject({
    ...join,
    get subquery(): z.ZodOptional<QueryNode> {
      const query: QueryNode = QuerySchema;
      return z.optional(query).describe('Query that selects the records of the joined object.');
    },
  })
  .describe('Join with another object.');

export const QuerySchema = z
  .strictObject({
    ...plain,
    get joins(): z.ZodOptional<z.ZodArray<JoinNodes>> {
      const node: JoinNodes = JoinNodeSchema;
      return z
        .optional(z.array(node))
        .describe('List of joins with other objects. Not supported: rejected with `not_supported`.');
    },
    get expand(): z.ZodOptional<z.ZodRecord<z.ZodString, QueryNode>> {
      const query: QueryNode = QuerySchema;
      return z
        .optional(z.record(z.string(), query))
        .describe(
          'Lookup fields to expand, by field name: the id in the lookup is replaced by the referenced record, with the fields of the given query. That query may contain only object, fields and expand, for example { "owner": { "fields": ["name"] } }. Up to five levels can be nested.',
        );
    },
  })
  .describe('Query on the records of an object: filter, sort order, fields and pagination.');

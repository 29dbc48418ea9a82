import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { FilterSchema } from './filter.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();

export const SortNodeSchema = z
  .strictObject({
    field: z.string().describe('Name of the field to sort by.'),
    order: z
      .enum(['asc', 'desc'])
      .default('asc')
      .describe(
        'Sort direction: ascending or descending. Missing values come first in ascending and last in descending order.',
      ),
  })
  .describe('Sort criterion: a field and a direction.');
export type SortNode = z.infer<typeof SortNodeSchema>;
export type SortNodeInput = z.input<typeof SortNodeSchema>;

export const FullTextSearchSchema = z
  .strictObject(
    lazyShape(() => ({
      query: z.string().describe('Words to search for.'),
      fields: z
        .array(z.string())
        .optional()
        .describe('List of fields to search. If omitted, all text fields are searched.'),
      fuzzy: Flag.describe('Whether similar words match too. Defaults to false.'),
      operator: z
        .enum(['and', 'or'])
        .optional()
        .describe('Whether a record must contain all words (and) or any of them (or). Defaults to or.'),
      boost: z
        .record(z.string(), z.number())
        .optional()
        .describe('Relevance weight of each field, by field name.'),
      minScore: z.number().optional().describe('Minimum relevance score of a result.'),
      language: Text.describe('Language of the search words, as an ISO 639-1 code such as en.'),
      highlight: Flag.describe('Whether matches are highlighted in the results. Defaults to false.'),
    })),
  )
  .describe('Full-text search. A query with a full-text search is rejected with `not_supported`.');
export type FullTextSearch = z.infer<typeof FullTextSearchSchema>;

export const AggregationNodeSchema = z
  .strictObject(
    lazyShape(() => ({
      function: z
        .enum(['count', 'sum', 'avg', 'min', 'max', 'count_distinct', 'array_agg', 'string_agg'])
        .describe(
          'Aggregate function. All functions but array_agg ignore missing values. Without any value, count and count_distinct return 0, array_agg returns an empty list, and all others return `null`. array_agg and string_agg sort in ascending order; string_agg joins text values, and no others, by commas. min and max apply to all fields with an order; of booleans, `false` is less than `true`. count, count_distinct and array_agg apply to every stored field; lists and JSON are compared as a whole and sorted by their JSON texts. array_agg contains missing values as `null`, first, and with distinct a single one. `having` cannot compare the results of array_agg and string_agg; it can only test whether there is a result.',
        ),
      field: Text.describe(
        'Name of the field to aggregate. Required for all functions except count, which counts records without it and values with it.',
      ),
      alias: z.string().describe('Name of the result: a letter followed by letters, digits or underscores.'),
      distinct: Flag.describe(
        'Whether equal values of the field are aggregated only once. Values that differ only in case are equal if the field ignores case. Defaults to false.',
      ),
      filter: FilterSchema.optional().describe(
        'Filter for the records to aggregate, in addition to `where` of the query. Defaults to all records of the group.',
      ),
    })),
  )
  .describe('Aggregate value computed from a group of records.');
export type AggregationNode = z.infer<typeof AggregationNodeSchema>;

const FrameSchema = z.strictObject(
  lazyShape(() => ({
    type: z
      .enum(['rows', 'range'])
      .optional()
      .describe('Unit of the frame bounds. rows: a number of records; range: a difference in value.'),
    start: Text.describe('Start of the frame in SQL syntax, for example UNBOUNDED PRECEDING.'),
    end: Text.describe('End of the frame in SQL syntax, for example CURRENT ROW.'),
  })),
);

const WindowSpecSchema = z.strictObject(
  lazyShape(() => ({
    partitionBy: z.array(z.string()).optional().describe('List of fields that partition the records.'),
    orderBy: z.array(SortNodeSchema).optional().describe('Sort order within a partition.'),
    frame: FrameSchema.optional().describe(
      'Records of the partition that the function applies to, relative to the current record.',
    ),
  })),
);

export const WindowFunctionNodeSchema = z
  .strictObject(
    lazyShape(() => ({
      function: z
        .enum([
          'row_number',
          'rank',
          'dense_rank',
          'percent_rank',
          'lag',
          'lead',
          'first_value',
          'last_value',
          'sum',
          'avg',
          'count',
          'min',
          'max',
        ])
        .describe(
          'Window function: a ranking (row_number, rank, dense_rank, percent_rank), a value of another record (lag, lead, first_value, last_value) or an aggregate (sum, avg, count, min, max).',
        ),
      field: Text.describe('Name of the field whose values the window function uses.'),
      alias: z.string().describe('Name of the result in the returned records.'),
      over: WindowSpecSchema.describe('Window of records that the function is computed over.'),
    })),
  )
  .describe(
    'Window function: value computed for each record from related records of the query. A query with window functions is rejected with `not_supported`.',
  );
export type WindowFunctionNode = z.infer<typeof WindowFunctionNodeSchema>;

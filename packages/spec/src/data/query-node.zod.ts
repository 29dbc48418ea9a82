import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { FilterSchema } from './filter.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();

export const SortNodeSchema = z
  .strictObject({
    field: z.string().describe('Field to order by.'),
    order: z.enum(['asc', 'desc']).default('asc').describe('Direction.'),
  })
  .describe('One criterion of an order.');
export type SortNode = z.infer<typeof SortNodeSchema>;
export type SortNodeInput = z.input<typeof SortNodeSchema>;

export const FullTextSearchSchema = z
  .strictObject(
    lazyShape(() => ({
      query: z.string().describe('Words that are looked for.'),
      fields: z.array(z.string()).optional().describe('Fields that are looked at. Absent: all texts.'),
      fuzzy: Flag.describe('Whether similar words count. Absent: false.'),
      operator: z.enum(['and', 'or']).optional().describe('Whether all words must be found. Absent: or.'),
      boost: z.record(z.string(), z.number()).optional().describe('Weight of each field.'),
      minScore: z.number().optional().describe('Least fit of a record.'),
      language: Text.describe('Language of the words.'),
      highlight: Flag.describe('Whether what was found is marked. Absent: false.'),
    })),
  )
  .describe('A search by words.');
export type FullTextSearch = z.infer<typeof FullTextSearchSchema>;

export const AggregationNodeSchema = z
  .strictObject(
    lazyShape(() => ({
      function: z
        .enum(['count', 'sum', 'avg', 'min', 'max', 'count_distinct', 'array_agg', 'string_agg'])
        .describe(
          'How the values become one. Empty values are passed over, but for array_agg; over nothing a count is 0, a list is empty, and all else is null. array_agg and string_agg are in ascending order, the latter with commas between.',
        ),
      field: Text.describe('Field that is aggregated; only a count needs none.'),
      alias: z.string().describe('Name of the result: a letter, then letters, digits and underscores.'),
      distinct: Flag.describe('Whether equal values count once.'),
      filter: FilterSchema.optional().describe('Records that count.'),
    })),
  )
  .describe('A value computed over many records.');
export type AggregationNode = z.infer<typeof AggregationNodeSchema>;

const FrameSchema = z.strictObject(
  lazyShape(() => ({
    type: z.enum(['rows', 'range']).optional().describe('What the bounds count.'),
    start: Text.describe('First record of the frame.'),
    end: Text.describe('Last record of the frame.'),
  })),
);

const WindowSpecSchema = z.strictObject(
  lazyShape(() => ({
    partitionBy: z.array(z.string()).optional().describe('Fields that divide the records.'),
    orderBy: z.array(SortNodeSchema).optional().describe('Order within a part.'),
    frame: FrameSchema.optional().describe('Records around each one.'),
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
        .describe('What is computed.'),
      field: Text.describe('Field that it is computed from.'),
      alias: z.string().describe('Name of the result.'),
      over: WindowSpecSchema.describe('Records that it is computed over.'),
    })),
  )
  .describe('A value computed for each record from those around it.');
export type WindowFunctionNode = z.infer<typeof WindowFunctionNodeSchema>;

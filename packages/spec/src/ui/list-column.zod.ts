import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();

export const ColumnSummaryEnum = z
  .enum([
    'none',
    'count',
    'count_empty',
    'count_filled',
    'count_unique',
    'percent_empty',
    'percent_filled',
    'sum',
    'avg',
    'min',
    'max',
  ])
  .describe(
    'Summary shown below a list column: a count of all, empty, filled or distinct values, a percentage of empty or filled values, or the sum, average, minimum or maximum.',
  );
export type ColumnSummary = z.infer<typeof ColumnSummaryEnum>;

export const ListColumnSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Name of the field shown in the column.'),
      label: Text.describe('Heading of the column. Defaults to the display name of the field.'),
      width: z.number().positive().optional().describe('Width of the column in pixels.'),
      align: z.enum(['left', 'center', 'right']).optional().describe('Horizontal alignment of the values.'),
      hidden: Flag.describe('Whether the column is initially hidden. Defaults to false.'),
      sortable: Flag.describe('Whether users may sort by the column.'),
      resizable: Flag.describe('Whether users may resize the column.'),
      wrap: Flag.describe('Whether long values should wrap onto several lines.'),
      type: Text.describe(
        'Display type of the values. Any string is accepted. Defaults to the type of the field.',
      ),
      pinned: z
        .enum(['left', 'right'])
        .optional()
        .describe('Side to which the column is pinned while scrolling.'),
      summary: ColumnSummaryEnum.optional(),
      link: Flag.describe('Whether a click on a value should open its record.'),
      action: Text.describe('Name of the action for clicks on a value.'),
    })),
  )
  .describe('Column of a list.');
export type ListColumn = z.infer<typeof ListColumnSchema>;

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
  .describe('What stands below a column.');
export type ColumnSummary = z.infer<typeof ColumnSummaryEnum>;

export const ListColumnSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Field that the column shows.'),
      label: Text.describe('Heading. Absent: that of the field.'),
      width: z.number().positive().optional().describe('Width in pixels.'),
      align: z.enum(['left', 'center', 'right']).optional().describe('Side at which values stand.'),
      hidden: Flag.describe('Whether the column starts hidden.'),
      sortable: Flag.describe('Whether a click orders by it.'),
      resizable: Flag.describe('Whether a person can change its width.'),
      wrap: Flag.describe('Whether long values take several lines.'),
      type: Text.describe('How values are shown. Absent: as the field says.'),
      pinned: z.enum(['left', 'right']).optional().describe('Side at which the column stays.'),
      summary: ColumnSummaryEnum.optional(),
      link: Flag.describe('Whether a value opens its record.'),
      action: Text.describe('Action that a click starts.'),
    })),
  )
  .describe('A column of a list.');
export type ListColumn = z.infer<typeof ListColumnSchema>;

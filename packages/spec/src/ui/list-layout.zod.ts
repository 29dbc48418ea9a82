import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Text = z.string().optional();
const Texts = z.array(z.string());
const FieldName = z.string();

export const VisualizationTypeEnum = z
  .enum(['grid', 'kanban', 'gallery', 'calendar', 'timeline', 'gantt', 'map'])
  .describe(
    'Layout of a list view: table (grid), board (kanban), gallery, calendar, timeline, Gantt chart or map.',
  );
export type VisualizationType = z.infer<typeof VisualizationTypeEnum>;

export const KanbanConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      groupByField: FieldName.describe('Name of the field whose values form the columns of the board.'),
      summarizeField: Text.describe('Name of the field whose values should be summed for each column.'),
      columns: Texts.optional().describe(
        'List of the names of the fields shown on a card. Defaults to the fields of the list.',
      ),
    })),
  )
  .describe('Options for the kanban layout.');
export type KanbanConfig = z.infer<typeof KanbanConfigSchema>;

export const CalendarConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      startDateField: FieldName.describe('Name of the field that holds the start date.'),
      endDateField: Text.describe('Name of the field that holds the end date.'),
      titleField: FieldName.describe('Name of the field shown as the title of an entry.'),
      colorField: Text.describe('Name of the field whose value determines the color of an entry.'),
    })),
  )
  .describe('Options for the calendar layout.');
export type CalendarConfig = z.infer<typeof CalendarConfigSchema>;

export const GanttConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      startDateField: FieldName.describe('Name of the field that holds the start date.'),
      endDateField: FieldName.describe('Name of the field that holds the end date.'),
      titleField: FieldName.describe('Name of the field shown as the title of a bar.'),
      progressField: Text.describe('Name of the field that holds the progress, in percent.'),
      dependenciesField: Text.describe('Name of the lookup field that refers to the predecessors of a task.'),
    })),
  )
  .describe('Options for the Gantt chart layout.');
export type GanttConfig = z.infer<typeof GanttConfigSchema>;

export const GalleryConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      coverField: Text.describe('Name of the field that holds the cover image.'),
      coverFit: z
        .enum(['cover', 'contain'])
        .optional()
        .describe(
          'How the cover image fits its frame. cover: fills it and is cropped; contain: is shown completely. Defaults to cover.',
        ),
      cardSize: z
        .enum(['small', 'medium', 'large'])
        .optional()
        .describe('Size of the cards. Defaults to medium.'),
      titleField: Text.describe('Name of the field shown as the title of a card.'),
      visibleFields: Texts.optional().describe('List of the names of the fields shown on a card.'),
    })),
  )
  .describe('Options for the gallery layout.');
export type GalleryConfig = z.infer<typeof GalleryConfigSchema>;

export const TimelineConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      startDateField: FieldName.describe('Name of the field that holds the start date.'),
      endDateField: Text.describe('Name of the field that holds the end date.'),
      titleField: FieldName.describe('Name of the field shown as the title of an entry.'),
      groupByField: Text.describe('Name of the field whose values form the rows.'),
      colorField: Text.describe('Name of the field whose value determines the color of an entry.'),
      scale: z
        .enum(['hour', 'day', 'week', 'month', 'quarter', 'year'])
        .optional()
        .describe('Unit of the time axis. Defaults to week.'),
    })),
  )
  .describe('Options for the timeline layout.');
export type TimelineConfig = z.infer<typeof TimelineConfigSchema>;

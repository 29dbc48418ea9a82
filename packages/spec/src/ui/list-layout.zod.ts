import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

const Text = z.string().optional();
const Texts = z.array(z.string());
const FieldName = z.string();

export const VisualizationTypeEnum = z
  .enum(['grid', 'kanban', 'gallery', 'calendar', 'timeline', 'gantt', 'map'])
  .describe('How a list of records is laid out.');
export type VisualizationType = z.infer<typeof VisualizationTypeEnum>;

export const KanbanConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      groupByField: FieldName.describe('Field whose values are the columns of the board.'),
      summarizeField: Text.describe('Field that is added up in each column.'),
      columns: Texts.optional().describe('Fields that a card shows. Absent: those of the list.'),
    })),
  )
  .describe('Layout as a board.');
export type KanbanConfig = z.infer<typeof KanbanConfigSchema>;

export const CalendarConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      startDateField: FieldName.describe('Field with the first day.'),
      endDateField: Text.describe('Field with the last day.'),
      titleField: FieldName.describe('Field that an entry shows.'),
      colorField: Text.describe('Field whose value gives the color.'),
    })),
  )
  .describe('Layout as a calendar.');
export type CalendarConfig = z.infer<typeof CalendarConfigSchema>;

export const GanttConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      startDateField: FieldName.describe('Field with the first day.'),
      endDateField: FieldName.describe('Field with the last day.'),
      titleField: FieldName.describe('Field that a bar shows.'),
      progressField: Text.describe('Field that says how much is done.'),
      dependenciesField: Text.describe('Field that names what comes before.'),
    })),
  )
  .describe('Layout as a Gantt chart.');
export type GanttConfig = z.infer<typeof GanttConfigSchema>;

export const GalleryConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      coverField: Text.describe('Field with the image.'),
      coverFit: z
        .enum(['cover', 'contain'])
        .optional()
        .describe('Whether the image fills its place or is seen whole. Absent: cover.'),
      cardSize: z.enum(['small', 'medium', 'large']).optional().describe('Size of a card. Absent: medium.'),
      titleField: Text.describe('Field that a card is headed by.'),
      visibleFields: Texts.optional().describe('Fields that a card shows.'),
    })),
  )
  .describe('Layout as a gallery.');
export type GalleryConfig = z.infer<typeof GalleryConfigSchema>;

export const TimelineConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      startDateField: FieldName.describe('Field with the first day.'),
      endDateField: Text.describe('Field with the last day.'),
      titleField: FieldName.describe('Field that an entry shows.'),
      groupByField: Text.describe('Field whose values are the rows.'),
      colorField: Text.describe('Field whose value gives the color.'),
      scale: z
        .enum(['hour', 'day', 'week', 'month', 'quarter', 'year'])
        .optional()
        .describe('What one step of the axis is. Absent: week.'),
    })),
  )
  .describe('Layout along time.');
export type TimelineConfig = z.infer<typeof TimelineConfigSchema>;

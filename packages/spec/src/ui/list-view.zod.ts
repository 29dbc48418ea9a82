import * as z from 'zod';
import { ExpressionSchema } from '../data/expression.zod.js';
import { AriaSchema } from '../data/object-action.zod.js';
import { lazyShape } from '../shared/lazy-shape.js';
import { ListColumnSchema } from './list-column.zod.js';
import {
  CalendarConfigSchema,
  GalleryConfigSchema,
  GanttConfigSchema,
  KanbanConfigSchema,
  TimelineConfigSchema,
  VisualizationTypeEnum,
} from './list-layout.zod.js';
import {
  AddRecordConfigSchema,
  AppearanceConfigSchema,
  GroupingConfigSchema,
  NavigationConfigSchema,
  PaginationConfigSchema,
  RowColorConfigSchema,
  SelectionConfigSchema,
  UserActionsConfigSchema,
  ViewTabSchema,
} from './list-options.zod.js';
import { PerformanceConfigSchema, ResponsiveConfigSchema } from './responsive.zod.js';
import { QuickFilterSchema, ViewDataSchema, ViewFilterRuleSchema } from './view-data.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Texts = z.array(z.string()).optional();

const SortRuleSchema = z.looseObject(
  lazyShape(() => ({
    field: z.string().describe('Field to order by.'),
    order: z.enum(['asc', 'desc']).optional().describe('Direction. Absent: asc.'),
  })),
);
const FormatRuleSchema = z.looseObject(
  lazyShape(() => ({
    condition: ExpressionSchema.describe('Records that look different.'),
    style: z.record(z.string(), z.string()).describe('What they look like, as CSS properties.'),
  })),
);
const EmptyStateSchema = z.looseObject(
  lazyShape(() => ({
    title: Text.describe('Heading.'),
    message: Text.describe('Text below it.'),
    icon: Text.describe('Name of an icon.'),
  })),
);
const SharingSchema = z.looseObject(
  lazyShape(() => ({
    type: z.enum(['personal', 'collaborative']).optional().describe('Whose it is. Absent: collaborative.'),
    lockedBy: Text.describe('Person who alone may change it.'),
  })),
);

export const ListViewSchema = z
  .looseObject(
    lazyShape(() => ({
      name: Text.describe('Name of the list. Carried, not enforced.'),
      label: Text.describe('Text that a person sees. Carried, not enforced.'),
      description: Text.describe('What the list is for. Carried, not enforced.'),
      type: VisualizationTypeEnum.optional().describe('Layout. Absent: grid. Carried, not enforced.'),
      data: ViewDataSchema.optional().describe('Whose records are shown. Carried, not enforced.'),
      columns: z
        .array(z.union([z.string(), ListColumnSchema]))
        .describe('Fields that are shown, as names or with layout. Carried, not enforced.'),
      filter: z
        .array(ViewFilterRuleSchema)
        .optional()
        .describe('Records that are shown. Carried, not enforced.'),
      sort: z
        .union([z.string(), z.array(SortRuleSchema)])
        .optional()
        .describe('Order, as a field or as rules. Carried, not enforced.'),
      searchableFields: Texts.describe('Fields that a search looks at. Carried, not enforced.'),
      filterableFields: Texts.describe('Fields that a person can filter by. Carried, not enforced.'),
      quickFilters: z
        .array(QuickFilterSchema)
        .optional()
        .describe('Conditions at one click. Carried, not enforced.'),
      resizable: Flag.describe('Whether columns can change their width. Carried, not enforced.'),
      striped: Flag.describe('Whether every other row is shaded. Carried, not enforced.'),
      bordered: Flag.describe('Whether cells have lines around them. Carried, not enforced.'),
      selection: SelectionConfigSchema.optional().describe('Marking of records. Carried, not enforced.'),
      navigation: NavigationConfigSchema.optional().describe('What a click opens. Carried, not enforced.'),
      pagination: PaginationConfigSchema.optional().describe('Pages. Carried, not enforced.'),
      kanban: KanbanConfigSchema.optional().describe('Layout as a board. Carried, not enforced.'),
      calendar: CalendarConfigSchema.optional().describe('Layout as a calendar. Carried, not enforced.'),
      gantt: GanttConfigSchema.optional().describe('Layout as a Gantt chart. Carried, not enforced.'),
      gallery: GalleryConfigSchema.optional().describe('Layout as a gallery. Carried, not enforced.'),
      timeline: TimelineConfigSchema.optional().describe('Layout along time. Carried, not enforced.'),
      map: z.record(z.string(), z.unknown()).optional().describe('Layout on a map. Carried, not enforced.'),
      sharing: SharingSchema.optional().describe('Whose list it is. Carried, not enforced.'),
      rowHeight: z
        .enum(['compact', 'short', 'medium', 'tall', 'extra_tall'])
        .optional()
        .describe('Height of rows. Carried, not enforced.'),
      grouping: GroupingConfigSchema.optional().describe('Groups of records. Carried, not enforced.'),
      rowColor: RowColorConfigSchema.optional().describe('Color of rows. Carried, not enforced.'),
      hiddenFields: Texts.describe('Fields that are not shown. Carried, not enforced.'),
      fieldOrder: Texts.describe('Order of the fields. Carried, not enforced.'),
      rowActions: Texts.describe('Actions on one record. Carried, not enforced.'),
      bulkActions: Texts.describe('Actions on several records. Carried, not enforced.'),
      virtualScroll: Flag.describe('Whether only rows that are seen are drawn. Carried, not enforced.'),
      conditionalFormatting: z
        .array(FormatRuleSchema)
        .optional()
        .describe('What makes a record look different. Carried, not enforced.'),
      inlineEdit: Flag.describe('Whether one types into the list. Carried, not enforced.'),
      exportOptions: z
        .array(z.enum(['csv', 'xlsx', 'pdf', 'json']))
        .optional()
        .describe('Formats of an export. Carried, not enforced.'),
      userActions: UserActionsConfigSchema.optional().describe(
        'What a person can do. Carried, not enforced.',
      ),
      appearance: AppearanceConfigSchema.optional().describe(
        'What surrounds the list. Carried, not enforced.',
      ),
      tabs: z.array(ViewTabSchema).optional().describe('Tabs above the list. Carried, not enforced.'),
      addRecord: AddRecordConfigSchema.optional().describe('Adding of records. Carried, not enforced.'),
      showRecordCount: Flag.describe('Whether records are counted. Carried, not enforced.'),
      allowPrinting: Flag.describe('Whether the list can be printed. Carried, not enforced.'),
      emptyState: EmptyStateSchema.optional().describe(
        'What stands where nothing is. Carried, not enforced.',
      ),
      aria: AriaSchema.optional().describe('Help for screen readers. Carried, not enforced.'),
      responsive: ResponsiveConfigSchema.optional().describe('Fit to the screen. Carried, not enforced.'),
      performance: PerformanceConfigSchema.optional().describe('What makes it quick. Carried, not enforced.'),
    })),
  )
  .describe('A list of records. Carried, not enforced.');
export type ListView = z.infer<typeof ListViewSchema>;

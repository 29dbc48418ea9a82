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
    field: z.string().describe('Name of the field to sort by.'),
    order: z.enum(['asc', 'desc']).optional().describe('Sort direction. Defaults to asc.'),
  })),
);
const FormatRuleSchema = z.looseObject(
  lazyShape(() => ({
    condition: ExpressionSchema.describe('Condition for the records that the style applies to.'),
    style: z
      .record(z.string(), z.string())
      .describe('Values of CSS properties, by the name of the property.'),
  })),
);
const EmptyStateSchema = z.looseObject(
  lazyShape(() => ({
    title: Text.describe('Heading of the message.'),
    message: Text.describe('Text below the heading.'),
    icon: Text.describe('Name of the icon shown for the message, in the icon set of the application.'),
  })),
);
const SharingSchema = z.looseObject(
  lazyShape(() => ({
    type: z
      .enum(['personal', 'collaborative'])
      .optional()
      .describe(
        'Who can edit the list. personal: only its creator; collaborative: all users with access. Defaults to collaborative.',
      ),
    lockedBy: Text.describe('Identifier of the user who locked the list; only this user can edit it.'),
  })),
);

export const ListViewSchema = z
  .looseObject(
    lazyShape(() => ({
      name: Text.describe('Name of the list view. Stored, not interpreted.'),
      label: Text.describe('Display name of the list view. Stored, not interpreted.'),
      description: Text.describe("Description of the list's purpose. Stored, not interpreted."),
      type: VisualizationTypeEnum.optional().describe(
        'Layout of the list. Defaults to grid. Stored, not interpreted.',
      ),
      data: ViewDataSchema.optional().describe('Data source of the records. Stored, not interpreted.'),
      columns: z
        .array(z.union([z.string(), ListColumnSchema]))
        .describe('List of columns, as field names or with layout options. Stored, not interpreted.'),
      filter: z
        .array(ViewFilterRuleSchema)
        .optional()
        .describe('List of filter conditions for the records; all must hold. Stored, not interpreted.'),
      sort: z
        .union([z.string(), z.array(SortRuleSchema)])
        .optional()
        .describe('Sort order: the name of a field, or a list of sort rules. Stored, not interpreted.'),
      searchableFields: Texts.describe(
        'List of names of the fields that users may search. Stored, not interpreted.',
      ),
      filterableFields: Texts.describe(
        'List of names of the fields that users may filter by. Stored, not interpreted.',
      ),
      quickFilters: z
        .array(QuickFilterSchema)
        .optional()
        .describe('List of predefined filters that users can toggle. Stored, not interpreted.'),
      resizable: Flag.describe('Whether users may resize columns. Stored, not interpreted.'),
      striped: Flag.describe('Whether alternate rows are shaded. Stored, not interpreted.'),
      bordered: Flag.describe('Whether cells have borders. Stored, not interpreted.'),
      selection: SelectionConfigSchema.optional().describe(
        'Options for selecting records. Stored, not interpreted.',
      ),
      navigation: NavigationConfigSchema.optional().describe(
        'Options for opening a record that a user clicks. Stored, not interpreted.',
      ),
      pagination: PaginationConfigSchema.optional().describe(
        'Options for dividing the list into pages. Stored, not interpreted.',
      ),
      kanban: KanbanConfigSchema.optional().describe(
        'Options for the kanban layout. Stored, not interpreted.',
      ),
      calendar: CalendarConfigSchema.optional().describe(
        'Options for the calendar layout. Stored, not interpreted.',
      ),
      gantt: GanttConfigSchema.optional().describe(
        'Options for the Gantt chart layout. Stored, not interpreted.',
      ),
      gallery: GalleryConfigSchema.optional().describe(
        'Options for the gallery layout. Stored, not interpreted.',
      ),
      timeline: TimelineConfigSchema.optional().describe(
        'Options for the timeline layout. Stored, not interpreted.',
      ),
      map: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Options for the map layout, with any keys. Stored, not interpreted.'),
      sharing: SharingSchema.optional().describe('Who can edit the list. Stored, not interpreted.'),
      rowHeight: z
        .enum(['compact', 'short', 'medium', 'tall', 'extra_tall'])
        .optional()
        .describe('Height of the rows. Stored, not interpreted.'),
      grouping: GroupingConfigSchema.optional().describe(
        'Options for grouping records. Stored, not interpreted.',
      ),
      rowColor: RowColorConfigSchema.optional().describe(
        'Options for coloring rows by the value of a field. Stored, not interpreted.',
      ),
      hiddenFields: Texts.describe('List of names of the hidden fields. Stored, not interpreted.'),
      fieldOrder: Texts.describe('List of names of fields in display order. Stored, not interpreted.'),
      rowActions: Texts.describe(
        'List of names of the actions for a single record. Stored, not interpreted.',
      ),
      bulkActions: Texts.describe(
        'List of names of the actions for several selected records. Stored, not interpreted.',
      ),
      virtualScroll: Flag.describe(
        'Whether user interfaces should render only the visible rows. Stored, not interpreted.',
      ),
      conditionalFormatting: z
        .array(FormatRuleSchema)
        .optional()
        .describe('List of rules that style records by a condition. Stored, not interpreted.'),
      inlineEdit: Flag.describe('Whether users may edit records in the list. Stored, not interpreted.'),
      exportOptions: z
        .array(z.enum(['csv', 'xlsx', 'pdf', 'json']))
        .optional()
        .describe('List of the formats to which users may export the list. Stored, not interpreted.'),
      userActions: UserActionsConfigSchema.optional().describe(
        'Features of the list that are available to users. Stored, not interpreted.',
      ),
      appearance: AppearanceConfigSchema.optional().describe(
        'Options for the appearance of the list. Stored, not interpreted.',
      ),
      tabs: z
        .array(ViewTabSchema)
        .optional()
        .describe('List of tabs above the list. Stored, not interpreted.'),
      addRecord: AddRecordConfigSchema.optional().describe(
        'Options for adding records. Stored, not interpreted.',
      ),
      showRecordCount: Flag.describe('Whether the number of records is shown. Stored, not interpreted.'),
      allowPrinting: Flag.describe('Whether users may print the list. Stored, not interpreted.'),
      emptyState: EmptyStateSchema.optional().describe(
        'Message shown if the list is empty. Stored, not interpreted.',
      ),
      aria: AriaSchema.optional().describe('ARIA attributes for screen readers. Stored, not interpreted.'),
      responsive: ResponsiveConfigSchema.optional().describe(
        'Options for adapting the list to the screen width. Stored, not interpreted.',
      ),
      performance: PerformanceConfigSchema.optional().describe(
        'Performance options of the user interface. Stored, not interpreted.',
      ),
    })),
  )
  .describe('List view: a list of records. Stored, not interpreted.');
export type ListView = z.infer<typeof ListViewSchema>;

import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { VisualizationTypeEnum } from './list-layout.zod.js';
import { ViewFilterRuleSchema } from './view-data.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Texts = z.array(z.string()).optional();

export const SelectionConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      type: z
        .enum(['none', 'single', 'multiple'])
        .optional()
        .describe(
          'Number of records that users may select: none, one (single) or several (multiple). Defaults to none.',
        ),
    })),
  )
  .describe('Selection of records in a list.');
export type SelectionConfig = z.infer<typeof SelectionConfigSchema>;

export const NavigationConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      mode: z
        .enum(['page', 'drawer', 'modal', 'split', 'popover', 'new_window', 'none'])
        .optional()
        .describe(
          'How a record is opened. page: on its own page; drawer: in a side panel; modal: in a dialog; split: beside the list; popover: in a popover; new_window: in a new window; none: not at all. Defaults to page.',
        ),
      view: Text.describe('Name of the form view used to show the record.'),
      preventNavigation: Flag.describe(
        'Whether a click on a record should have no effect. Defaults to false.',
      ),
      openNewTab: Flag.describe(
        'Whether the record should be opened in a new browser tab. Defaults to false.',
      ),
      width: z
        .union([z.string(), z.number()])
        .optional()
        .describe('Width of the drawer, dialog or panel: a CSS length, or a number of pixels.'),
    })),
  )
  .describe('Behavior when a record is clicked.');
export type NavigationConfig = z.infer<typeof NavigationConfigSchema>;

export const PaginationConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      pageSize: z.int().min(1).optional().describe('Number of records per page. Defaults to 25.'),
      pageSizeOptions: z
        .array(z.int().min(1))
        .optional()
        .describe('List of page sizes that users can choose from.'),
    })),
  )
  .describe('Pagination of a list.');
export type PaginationConfig = z.infer<typeof PaginationConfigSchema>;

export const GroupingConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      fields: z
        .array(
          z.looseObject({
            field: z.string().describe('Name of the field to group by.'),
            order: z
              .enum(['asc', 'desc'])
              .optional()
              .describe('Sort direction of the groups. Defaults to asc.'),
            collapsed: Flag.describe('Whether the groups are initially collapsed. Defaults to false.'),
          }),
        )
        .describe('List of fields to group by, from the outermost to the innermost group.'),
    })),
  )
  .describe('Grouping of records in a list.');
export type GroupingConfig = z.infer<typeof GroupingConfigSchema>;

export const RowColorConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Name of the field whose value determines the color of an entry.'),
      colors: z
        .record(z.string(), z.string())
        .optional()
        .describe('Colors by field value, for example #ff0000.'),
    })),
  )
  .describe('Color coding of rows.');
export type RowColorConfig = z.infer<typeof RowColorConfigSchema>;

export const UserActionsConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      sort: Flag.describe('Whether users can sort the list. Defaults to true.'),
      search: Flag.describe('Whether users can search the list. Defaults to true.'),
      filter: Flag.describe('Whether users can filter the list. Defaults to true.'),
      rowHeight: Flag.describe('Whether users can change the row height. Defaults to true.'),
      addRecordForm: Flag.describe('Whether users add new records in a form. Defaults to false.'),
      buttons: Texts.describe('List of names of the actions shown as buttons.'),
    })),
  )
  .describe('Features of a list that are available to users.');
export type UserActionsConfig = z.infer<typeof UserActionsConfigSchema>;

export const AppearanceConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      showDescription: Flag.describe('Whether the description is shown. Defaults to true.'),
      allowedVisualizations: z
        .array(VisualizationTypeEnum)
        .optional()
        .describe('List of layouts that users can switch between.'),
    })),
  )
  .describe('Appearance of a list.');
export type AppearanceConfig = z.infer<typeof AppearanceConfigSchema>;

export const ViewTabSchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the tab.'),
      label: Text.describe('Display name of the tab.'),
      icon: Text.describe('Name of the icon shown for the tab, in the icon set of the application.'),
      view: Text.describe('Name of the list view shown in the tab.'),
      filter: z
        .array(ViewFilterRuleSchema)
        .optional()
        .describe('List of filter conditions for the records in the tab.'),
      order: z
        .int()
        .min(0)
        .optional()
        .describe('Position of the tab among the tabs of the list; lower numbers come first.'),
      pinned: Flag.describe('Whether the tab is pinned and cannot be removed. Defaults to false.'),
      isDefault: Flag.describe('Whether the tab is selected initially. Defaults to false.'),
      visible: Flag.describe('Whether the tab is shown. Defaults to true.'),
    })),
  )
  .describe('Tab of a list.');
export type ViewTab = z.infer<typeof ViewTabSchema>;

export const AddRecordConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Flag.describe('Whether users can add records. Defaults to true.'),
      position: z
        .enum(['top', 'bottom', 'both'])
        .optional()
        .describe('Position of the button for adding a record, above or below the list. Defaults to bottom.'),
      mode: z
        .enum(['inline', 'form', 'modal'])
        .optional()
        .describe(
          'Where a new record is entered. inline: in a row of the list; form: on a form page; modal: in a dialog. Defaults to inline.',
        ),
      formView: Text.describe('Name of the form view used to add a record.'),
    })),
  )
  .describe('Options for adding records to a list.');
export type AddRecordConfig = z.infer<typeof AddRecordConfigSchema>;

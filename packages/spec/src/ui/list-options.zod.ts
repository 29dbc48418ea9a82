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
        .describe('How many records can be marked. Absent: none.'),
    })),
  )
  .describe('Marking of records.');
export type SelectionConfig = z.infer<typeof SelectionConfigSchema>;

export const NavigationConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      mode: z
        .enum(['page', 'drawer', 'modal', 'split', 'popover', 'new_window', 'none'])
        .optional()
        .describe('Where a record opens. Absent: page.'),
      view: Text.describe('Form that it opens in.'),
      preventNavigation: Flag.describe('Whether a click opens nothing. Absent: false.'),
      openNewTab: Flag.describe('Whether it opens in a new tab. Absent: false.'),
      width: z.union([z.string(), z.number()]).optional().describe('Width of what opens.'),
    })),
  )
  .describe('What happens when a record is clicked.');
export type NavigationConfig = z.infer<typeof NavigationConfigSchema>;

export const PaginationConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      pageSize: z.int().min(1).optional().describe('Records on a page. Absent: 25.'),
      pageSizeOptions: z.array(z.int().min(1)).optional().describe('Sizes that a person can choose.'),
    })),
  )
  .describe('Pages of a list.');
export type PaginationConfig = z.infer<typeof PaginationConfigSchema>;

export const GroupingConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      fields: z
        .array(
          z.looseObject({
            field: z.string().describe('Field whose values are the groups.'),
            order: z.enum(['asc', 'desc']).optional().describe('Order of the groups. Absent: asc.'),
            collapsed: Flag.describe('Whether groups start closed. Absent: false.'),
          }),
        )
        .describe('Groups and groups within them.'),
    })),
  )
  .describe('Groups of records in a list.');
export type GroupingConfig = z.infer<typeof GroupingConfigSchema>;

export const RowColorConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Field whose value gives the color.'),
      colors: z.record(z.string(), z.string()).optional().describe('Colors by value.'),
    })),
  )
  .describe('Color of the rows.');
export type RowColorConfig = z.infer<typeof RowColorConfigSchema>;

export const UserActionsConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      sort: Flag.describe('Whether a person can order. Absent: true.'),
      search: Flag.describe('Whether a person can search. Absent: true.'),
      filter: Flag.describe('Whether a person can filter. Absent: true.'),
      rowHeight: Flag.describe('Whether a person can change the height of rows. Absent: true.'),
      addRecordForm: Flag.describe('Whether a record is added in a form. Absent: false.'),
      buttons: Texts.describe('Actions that are offered.'),
    })),
  )
  .describe('What a person can do with a list.');
export type UserActionsConfig = z.infer<typeof UserActionsConfigSchema>;

export const AppearanceConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      showDescription: Flag.describe('Whether the description is shown. Absent: true.'),
      allowedVisualizations: z
        .array(VisualizationTypeEnum)
        .optional()
        .describe('Layouts that a person can choose.'),
    })),
  )
  .describe('What surrounds a list.');
export type AppearanceConfig = z.infer<typeof AppearanceConfigSchema>;

export const ViewTabSchema = z
  .looseObject(
    lazyShape(() => ({
      name: z.string().describe('Name of the tab.'),
      label: Text.describe('Text that a person sees.'),
      icon: Text.describe('Name of an icon.'),
      view: Text.describe('List that it shows.'),
      filter: z.array(ViewFilterRuleSchema).optional().describe('Records that it shows.'),
      order: z.int().min(0).optional().describe('Place among the tabs.'),
      pinned: Flag.describe('Whether the tab is fixed and cannot be removed. Absent: false.'),
      isDefault: Flag.describe('Whether it opens first. Absent: false.'),
      visible: Flag.describe('Whether it is shown. Absent: true.'),
    })),
  )
  .describe('A tab above a list.');
export type ViewTab = z.infer<typeof ViewTabSchema>;

export const AddRecordConfigSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Flag.describe('Whether records can be added. Absent: true.'),
      position: z.enum(['top', 'bottom', 'both']).optional().describe('Where the button is. Absent: bottom.'),
      mode: z.enum(['inline', 'form', 'modal']).optional().describe('Where one types. Absent: inline.'),
      formView: Text.describe('Form that opens.'),
    })),
  )
  .describe('Adding of records.');
export type AddRecordConfig = z.infer<typeof AddRecordConfigSchema>;

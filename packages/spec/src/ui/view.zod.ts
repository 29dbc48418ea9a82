import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

const Carried = z.unknown().optional().describe('Carried.');
const CarriedText = z.string().optional().describe('Carried.');
const CarriedFlag = z.boolean().optional().describe('Carried.');

export const ViewDataSchema = z
  .looseObject({
    provider: z.enum(['object', 'api', 'value']).describe('Where the records come from.'),
    object: z.string().optional().describe('Object whose records are shown.'),
    read: Carried,
    write: Carried,
    items: Carried,
  })
  .describe('Source of the records of a view.');
export type ViewData = z.infer<typeof ViewDataSchema>;

export const ListColumnSchema = z
  .looseObject({
    field: z.string().describe('Field that the column shows.'),
    label: CarriedText,
    width: Carried,
    align: CarriedText,
    hidden: CarriedFlag,
    sortable: CarriedFlag,
    resizable: CarriedFlag,
    wrap: CarriedFlag,
    type: CarriedText,
    pinned: CarriedText,
    summary: CarriedText,
    link: CarriedFlag,
    action: CarriedText,
  })
  .describe('A column of a list. Layout is carried, not enforced.');
export type ListColumn = z.infer<typeof ListColumnSchema>;

export const ListViewSchema = z
  .looseObject({
    name: z.string().optional().describe('Name of the list.'),
    label: z.string().optional().describe('Text that a person sees.'),
    description: CarriedText,
    type: z
      .enum(['grid', 'kanban', 'gallery', 'calendar', 'timeline', 'gantt', 'map'])
      .optional()
      .describe('Layout. Absent: grid.'),
    data: ViewDataSchema.optional(),
    columns: z
      .array(z.union([z.string(), ListColumnSchema]))
      .describe('Fields that are shown, as names or with layout.'),
    filter: Carried,
    sort: Carried,
    searchableFields: Carried,
    filterableFields: Carried,
    quickFilters: Carried,
    resizable: CarriedFlag,
    striped: CarriedFlag,
    bordered: CarriedFlag,
    selection: Carried,
    navigation: Carried,
    pagination: Carried,
    kanban: Carried,
    calendar: Carried,
    gantt: Carried,
    gallery: Carried,
    timeline: Carried,
    map: Carried,
    sharing: Carried,
    rowHeight: CarriedText,
    grouping: Carried,
    rowColor: Carried,
    hiddenFields: Carried,
    fieldOrder: Carried,
    rowActions: Carried,
    bulkActions: Carried,
    virtualScroll: CarriedFlag,
    conditionalFormatting: Carried,
    inlineEdit: CarriedFlag,
    exportOptions: Carried,
    userActions: Carried,
    appearance: Carried,
    tabs: Carried,
    addRecord: Carried,
    showRecordCount: CarriedFlag,
    allowPrinting: CarriedFlag,
    emptyState: Carried,
    aria: Carried,
    responsive: Carried,
    performance: Carried,
  })
  .describe('A list of records. Layout is carried, not enforced.');
export type ListView = z.infer<typeof ListViewSchema>;

export const FormViewSchema = z
  .looseObject({
    type: z
      .enum(['simple', 'tabbed', 'wizard', 'split', 'drawer', 'modal'])
      .optional()
      .describe('Layout. Absent: simple.'),
    data: ViewDataSchema.optional(),
    sections: Carried,
    groups: Carried,
    defaultSort: Carried,
    sharing: Carried,
    aria: Carried,
  })
  .describe('A form for one record. Layout is carried, not enforced.');
export type FormView = z.infer<typeof FormViewSchema>;

export const ViewSchema = z
  .looseObject({
    name: MachineNameSchema.describe('Name of the view within its owner.'),
    label: z.string().optional().describe('Text that a person sees.'),
    object: z.string().optional().describe('Object that the view belongs to.'),
    list: ListViewSchema.optional(),
    form: FormViewSchema.optional(),
    listViews: z.record(z.string(), ListViewSchema).optional().describe('Further lists by name.'),
    formViews: z.record(z.string(), FormViewSchema).optional().describe('Further forms by name.'),
  })
  .describe('Lists and forms of an object.');
export type View = z.infer<typeof ViewSchema>;

import * as z from 'zod';
import { ExpressionSchema } from '../data/expression.zod.js';
import { AriaSchema } from '../data/object-action.zod.js';
import { lazyShape } from '../shared/lazy-shape.js';
import { ViewDataSchema } from './view-data.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();

export const FormFieldSchema = z
  .looseObject(
    lazyShape(() => ({
      field: z.string().describe('Field that is shown.'),
      label: Text.describe('Text that a person sees. Absent: that of the field.'),
      placeholder: Text.describe('Text in an empty input.'),
      helpText: Text.describe('Text below the input.'),
      readonly: Flag.describe('Whether the form does not change it.'),
      required: Flag.describe('Whether the form requires a value.'),
      hidden: Flag.describe('Whether it is not seen.'),
      colSpan: z.int().min(1).max(4).optional().describe('Columns that it takes.'),
      widget: Text.describe('Input that is used.'),
      dependsOn: Text.describe('Field whose value decides what it offers.'),
      visibleOn: ExpressionSchema.optional().describe('When it is shown. Absent: always.'),
    })),
  )
  .describe('A field in a form.');
export type FormField = z.infer<typeof FormFieldSchema>;

export const FormSectionSchema = z
  .looseObject(
    lazyShape(() => ({
      label: Text.describe('Heading.'),
      collapsible: Flag.describe('Whether it can be closed. Absent: false.'),
      collapsed: Flag.describe('Whether it starts closed. Absent: false.'),
      columns: z
        .union([z.literal([1, 2, 3, 4]), z.enum(['1', '2', '3', '4'])])
        .optional()
        .describe('Columns, one to four. Absent: 2.'),
      fields: z
        .array(z.union([z.string(), FormFieldSchema]))
        .describe('Fields that it holds, as names or with layout.'),
    })),
  )
  .describe('A part of a form.');
export type FormSection = z.infer<typeof FormSectionSchema>;

export const FormSharingSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Flag.describe('Whether people outside can fill it in. Absent: false.'),
      publicLink: Text.describe('Address under which they find it.'),
      password: Text.describe('Password that they need. It is kept in clear text: leave it out.'),
      allowedDomains: z.array(z.string()).optional().describe('Web sites that may show it.'),
      expiresAt: Text.describe('When it closes.'),
      allowAnonymous: Flag.describe('Whether the form can be submitted without signing in. Absent: false.'),
    })),
  )
  .describe('A form for people outside.');
export type FormSharing = z.infer<typeof FormSharingSchema>;

const Sections = z.array(FormSectionSchema).optional();

export const FormViewSchema = z
  .looseObject(
    lazyShape(() => ({
      type: z
        .enum(['simple', 'tabbed', 'wizard', 'split', 'drawer', 'modal'])
        .optional()
        .describe('Layout. Absent: simple. Carried, not enforced.'),
      data: ViewDataSchema.optional().describe('Whose record is shown. Carried, not enforced.'),
      sections: Sections.describe('Its parts. Carried, not enforced.'),
      groups: Sections.describe('Former name of sections. Carried, not enforced.'),
      defaultSort: z
        .array(
          z.looseObject({
            field: z.string().describe('Field to order by.'),
            order: z.enum(['asc', 'desc']).optional().describe('Direction. Absent: desc.'),
          }),
        )
        .optional()
        .describe('Order of related records. Carried, not enforced.'),
      sharing: FormSharingSchema.optional().describe('Use by people outside. Carried, not enforced.'),
      aria: AriaSchema.optional().describe('Help for screen readers. Carried, not enforced.'),
    })),
  )
  .describe('A form for one record. Carried, not enforced.');
export type FormView = z.infer<typeof FormViewSchema>;

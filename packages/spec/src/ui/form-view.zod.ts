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
      field: z.string().describe('Name of the field.'),
      label: Text.describe('Label of the input. Defaults to the display name of the field.'),
      placeholder: Text.describe('Placeholder text of an empty input.'),
      helpText: Text.describe('Help text below the input.'),
      readonly: Flag.describe('Whether the field is read-only in the form. Defaults to false.'),
      required: Flag.describe('Whether the form requires a value of the field. Defaults to false.'),
      hidden: Flag.describe('Whether the field is hidden in the form. Defaults to false.'),
      colSpan: z.int().min(1).max(4).optional().describe('Number of form columns that the input spans.'),
      widget: Text.describe('Name of the input widget.'),
      dependsOn: Text.describe('Name of the field whose value determines the available choices.'),
      visibleOn: ExpressionSchema.optional().describe(
        'Condition under which the field is shown. If omitted, it is always shown.',
      ),
    })),
  )
  .describe('Field in a form.');
export type FormField = z.infer<typeof FormFieldSchema>;

export const FormSectionSchema = z
  .looseObject(
    lazyShape(() => ({
      label: Text.describe('Heading of the section.'),
      collapsible: Flag.describe('Whether the section can be collapsed. Defaults to false.'),
      collapsed: Flag.describe('Whether the section is initially collapsed. Defaults to false.'),
      columns: z
        .union([z.literal([1, 2, 3, 4]), z.enum(['1', '2', '3', '4'])])
        .optional()
        .describe('Number of columns, from 1 to 4. Defaults to 2.'),
      fields: z
        .array(z.union([z.string(), FormFieldSchema]))
        .describe('List of fields in the section, as field names or with layout options.'),
    })),
  )
  .describe('Section of a form.');
export type FormSection = z.infer<typeof FormSectionSchema>;

export const FormSharingSchema = z
  .looseObject(
    lazyShape(() => ({
      enabled: Flag.describe(
        'Whether people outside of the organization may fill in the form. Defaults to false.',
      ),
      publicLink: Text.describe('Public URL of the form.'),
      password: Text.describe(
        'Password for opening the form. It is stored in clear text and should not be used.',
      ),
      allowedDomains: z
        .array(z.string())
        .optional()
        .describe('List of domains whose pages may embed the form.'),
      expiresAt: Text.describe('Timestamp at which public access is meant to end.'),
      allowAnonymous: Flag.describe(
        'Whether people may submit the form without authentication. Defaults to false.',
      ),
    })),
  )
  .describe('Requested public access to a form.');
export type FormSharing = z.infer<typeof FormSharingSchema>;

const Sections = z.array(FormSectionSchema).optional();

export const FormViewSchema = z
  .looseObject(
    lazyShape(() => ({
      type: z
        .enum(['simple', 'tabbed', 'wizard', 'split', 'drawer', 'modal'])
        .optional()
        .describe(
          'Layout of the form. simple: one page; tabbed: sections as tabs; wizard: sections as steps; split: two panes; drawer: side panel; modal: dialog. Defaults to simple. Stored, not interpreted.',
        ),
      data: ViewDataSchema.optional().describe('Data source of the record. Stored, not interpreted.'),
      sections: Sections.describe('List of sections. Stored, not interpreted.'),
      groups: Sections.describe('Deprecated alias of sections. Stored, not interpreted.'),
      defaultSort: z
        .array(
          z.looseObject({
            field: z.string().describe('Name of the field to sort by.'),
            order: z.enum(['asc', 'desc']).optional().describe('Sort direction. Defaults to desc.'),
          }),
        )
        .optional()
        .describe('List of sort criteria for related records. Stored, not interpreted.'),
      sharing: FormSharingSchema.optional().describe(
        'Options for public access to the form. Stored, not interpreted.',
      ),
      aria: AriaSchema.optional().describe('ARIA attributes for screen readers. Stored, not interpreted.'),
    })),
  )
  .describe('Form view: a form for one record. Stored, not interpreted.');
export type FormView = z.infer<typeof FormViewSchema>;

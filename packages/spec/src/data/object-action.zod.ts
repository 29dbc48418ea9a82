import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { ExpressionSchema } from './expression.zod.js';
import { SelectOptionSchema } from './field-option.zod.js';
import { FieldTypeEnum } from './field-type.zod.js';

const Flag = z.boolean().optional();
const Text = z.string().optional();
const Source = z.string().min(1);

const ScriptSchema = z.discriminatedUnion('language', [
  z.looseObject({
    language: z.literal('expression').describe('Indicates that the source is a formula.'),
    source: Source.describe('Source text of the formula.'),
  }),
  z.looseObject({
    language: z.literal('js').describe('Indicates that the source is JavaScript.'),
    source: Source.describe('Source code of the script.'),
    capabilities: z
      .array(z.enum(['api.read', 'api.write', 'crypto.uuid', 'crypto.hash', 'log']))
      .optional()
      .describe(
        'List of capabilities requested for the script: reading or writing through the API, generating UUIDs, hashing or logging. Defaults to none.',
      ),
    timeoutMs: z
      .int()
      .min(1)
      .max(30_000)
      .optional()
      .describe('Requested limit on the execution time of the script, in milliseconds.'),
    memoryMb: z
      .int()
      .min(1)
      .max(256)
      .optional()
      .describe('Requested limit on the memory of the script, in megabytes.'),
  }),
]);

const ParameterSchema = z.looseObject(
  lazyShape(() => ({
    name: Text.describe('Name of the parameter. Defaults to the value of `field`.'),
    field: Text.describe(
      'Name of the field of the object from which the parameter takes its label and type, unless they are given.',
    ),
    label: Text.describe('Display name of the parameter. Defaults to the label of `field`.'),
    type: FieldTypeEnum.optional(),
    required: Flag.describe('Whether a value is required. Defaults to false.'),
    options: z.array(SelectOptionSchema).optional().describe('List of options to choose from.'),
  })),
);

export const AriaSchema = z
  .looseObject(
    lazyShape(() => ({
      ariaLabel: Text.describe('Label read by screen readers.'),
      ariaDescribedBy: Text.describe('ID of the element that describes this one.'),
      role: Text.describe('ARIA role of the element, for example region.'),
    })),
  )
  .describe('ARIA attributes that make an element accessible to screen readers.');
export type Aria = z.infer<typeof AriaSchema>;

export const ObjectActionSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema.describe('Name of the action, unique within its object.'),
      label: z.string().describe('Display name of the action.'),
      objectName: Text.describe('Name of the object whose records the action applies to.'),
      icon: Text.describe('Name of the icon shown for the action, in the icon set of the application.'),
      locations: z
        .array(
          z.enum([
            'list_toolbar',
            'list_item',
            'record_header',
            'record_more',
            'record_related',
            'global_nav',
          ]),
        )
        .optional()
        .describe(
          'List of user interface locations that show the action: toolbar of a list, row of a list, header, menu or related list of a record page, or global navigation.',
        ),
      component: z
        .enum(['action:button', 'action:icon', 'action:menu', 'action:group'])
        .optional()
        .describe(
          'User interface component for the action: a button, an icon, a menu item or a group of actions.',
        ),
      type: z
        .enum(['script', 'url', 'modal', 'flow', 'api'])
        .optional()
        .describe(
          'Kind of action. script: a script; url: a link to a URL; modal: a dialog; flow: a flow; api: a call of an API. Defaults to script.',
        ),
      target: Text.describe(
        'What the action runs or opens, depending on its type: the name of a script, form, flow or API endpoint, or a URL.',
      ),
      body: ScriptSchema.optional().describe('Script of an action of type script.'),
      execute: Text.describe('Deprecated alias of target for an action of type script.'),
      params: z
        .array(ParameterSchema)
        .optional()
        .describe('List of the parameters whose values the user should be asked for before the action.'),
      variant: z
        .enum(['primary', 'secondary', 'danger', 'ghost', 'link'])
        .optional()
        .describe('Visual style of the action.'),
      confirmText: Text.describe(
        'Question that the user must confirm before the action, for example "Delete this record?". If omitted, the user is not asked.',
      ),
      successMessage: Text.describe('Message for the user after the action succeeds.'),
      refreshAfter: Flag.describe(
        'Whether user interfaces should reload the records after the action. Defaults to false.',
      ),
      visible: ExpressionSchema.optional().describe(
        'Condition under which the action is shown. If omitted, it is always shown.',
      ),
      disabled: z
        .union([z.boolean(), ExpressionSchema])
        .optional()
        .describe(
          'Whether the action is disabled, that is, shown but not available: a boolean, or a condition.',
        ),
      shortcut: Text.describe('Keyboard shortcut, for example Ctrl+K.'),
      bulkEnabled: Flag.describe('Whether the action may be applied to several selected records together.'),
      timeout: z
        .number()
        .optional()
        .describe('Requested limit on the execution time of the whole action, in milliseconds.'),
      aria: AriaSchema.optional(),
    })),
  )
  .describe('Action on records that a user interface can offer. This runtime does not execute actions.');
export type ObjectAction = z.infer<typeof ObjectActionSchema>;

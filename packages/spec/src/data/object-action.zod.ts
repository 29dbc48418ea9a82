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
    language: z.literal('expression').describe('The source is a formula.'),
    source: Source.describe('The formula.'),
  }),
  z.looseObject({
    language: z.literal('js').describe('The source is JavaScript.'),
    source: Source.describe('The program.'),
    capabilities: z
      .array(z.enum(['api.read', 'api.write', 'crypto.uuid', 'crypto.hash', 'log']))
      .optional()
      .describe('What the program may use. Absent: nothing.'),
    timeoutMs: z.int().min(1).max(30_000).optional().describe('Longest run.'),
    memoryMb: z.int().min(1).max(256).optional().describe('Most memory.'),
  }),
]);

const ParameterSchema = z.looseObject(
  lazyShape(() => ({
    name: z.string().describe('Name of the value.'),
    label: Text.describe('Text that a person sees.'),
    type: FieldTypeEnum,
    required: Flag.describe('Whether a value must be given. Absent: false.'),
    options: z.array(SelectOptionSchema).optional().describe('What can be chosen.'),
  })),
);

export const AriaSchema = z
  .looseObject(
    lazyShape(() => ({
      ariaLabel: Text.describe('What a screen reader says.'),
      ariaDescribedBy: Text.describe('Id of the element that explains it.'),
      role: Text.describe('ARIA role.'),
    })),
  )
  .describe('Help for people who use a screen reader.');
export type Aria = z.infer<typeof AriaSchema>;

export const ObjectActionSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema.describe('Name of the action.'),
      label: z.string().describe('Text that a person sees.'),
      objectName: Text.describe('Object whose records it works on.'),
      icon: Text.describe('Name of an icon.'),
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
        .describe('Where the action is offered.'),
      component: z
        .enum(['action:button', 'action:icon', 'action:menu', 'action:group'])
        .optional()
        .describe('What it looks like.'),
      type: z
        .enum(['script', 'url', 'modal', 'flow', 'api'])
        .optional()
        .describe('What it does. Absent: script.'),
      target: Text.describe('Address, form or flow that it opens.'),
      body: ScriptSchema.optional().describe('What a script runs.'),
      execute: Text.describe('Former way to write the target of a script.'),
      params: z.array(ParameterSchema).optional().describe('What a person is asked first.'),
      variant: z
        .enum(['primary', 'secondary', 'danger', 'ghost', 'link'])
        .optional()
        .describe('How it stands out.'),
      confirmText: Text.describe('Question that must be confirmed first.'),
      successMessage: Text.describe('Message shown to the user after the action succeeds.'),
      refreshAfter: Flag.describe('Whether the records are read again afterwards. Absent: false.'),
      visible: ExpressionSchema.optional().describe('When it is offered. Absent: always.'),
      disabled: z
        .union([z.boolean(), ExpressionSchema])
        .optional()
        .describe('Whether or when it is offered without working.'),
      shortcut: Text.describe('Keys that start it.'),
      bulkEnabled: Flag.describe('Whether it takes several records at once.'),
      timeout: z.number().optional().describe('Longest run in milliseconds.'),
      aria: AriaSchema.optional(),
    })),
  )
  .describe('Something that a person can do with records. Nothing here runs it.');
export type ObjectAction = z.infer<typeof ObjectActionSchema>;

import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { storedOnly } from '../shared/stored-only.js';
import { ExpressionSchema } from './expression.zod.js';

export const SelectOptionSchema = z
  .looseObject(
    lazyShape(() => ({
      label: storedOnly(z.string()).describe('Display name of the option. Stored, not interpreted.'),
      value: z.string().min(1).describe('Value stored in a record if the option is selected.'),
      color: storedOnly(z.string().optional()).describe(
        'Color of the option in user interfaces, for example #ff0000. Stored, not interpreted.',
      ),
      visibleWhen: storedOnly(ExpressionSchema.optional()).describe(
        'Condition under which user interfaces should offer the option. Stored, not interpreted.',
      ),
      probability: storedOnly(z.number().optional()).describe(
        'Probability of success of a record with this value, in percent. Stored, not interpreted.',
      ),
      default: z
        .boolean()
        .optional()
        .describe(
          'Whether the value of the option is the default value of the field in a new record; of a list field, one of its default values. Ignored if the field has a defaultValue. Defaults to false.',
        ),
    })),
  )
  .describe('Option of a select, multiselect, radio or checkboxes field.');
export type SelectOption = z.infer<typeof SelectOptionSchema>;

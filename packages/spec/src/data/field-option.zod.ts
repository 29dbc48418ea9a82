import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

export const SelectOptionSchema = z
  .looseObject(
    lazyShape(() => ({
      label: z.string().describe('Display name of the option. Stored, not interpreted.'),
      value: z.string().min(1).describe('Value stored in a record if the option is selected.'),
      color: z
        .string()
        .optional()
        .describe('Color of the option in user interfaces, for example #ff0000. Stored, not interpreted.'),
      default: z
        .boolean()
        .optional()
        .describe('Whether the option is preselected in a new record. Default: false.'),
    })),
  )
  .describe('Option of a select, multiselect, radio or checkboxes field.');
export type SelectOption = z.infer<typeof SelectOptionSchema>;

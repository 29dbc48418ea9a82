import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';

export const SelectOptionSchema = z
  .looseObject(
    lazyShape(() => ({
      label: z.string().describe('Text that a person sees. Carried, not enforced.'),
      value: z.string().min(1).describe('Value that is stored.'),
      color: z.string().optional().describe('Color in user interfaces. Carried, not enforced.'),
      default: z
        .boolean()
        .optional()
        .describe('Whether a new record starts with this option. Absent: false.'),
    })),
  )
  .describe('One choice of a select, multiselect, radio or checkboxes field.');
export type SelectOption = z.infer<typeof SelectOptionSchema>;

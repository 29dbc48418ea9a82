import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { FormViewSchema } from './form-view.zod.js';
import { ListViewSchema } from './list-view.zod.js';

const Text = z.string().optional();

export const ViewSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema.describe('Name of the view within its owner.'),
      label: Text.describe('Text that a person sees. Carried, not enforced.'),
      object: Text.describe('Object that the view belongs to. Carried, not enforced.'),
      list: ListViewSchema.optional(),
      form: FormViewSchema.optional(),
      listViews: z
        .record(z.string(), ListViewSchema)
        .optional()
        .describe('Further lists by name. Carried, not enforced.'),
      formViews: z
        .record(z.string(), FormViewSchema)
        .optional()
        .describe('Further forms by name. Carried, not enforced.'),
    })),
  )
  .describe('Lists and forms of an object.');
export type View = z.infer<typeof ViewSchema>;

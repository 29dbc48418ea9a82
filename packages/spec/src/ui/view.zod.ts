import * as z from 'zod';
import { lazyShape } from '../shared/lazy-shape.js';
import { MachineNameSchema } from '../shared/names.zod.js';
import { storedOnly } from '../shared/stored-only.js';
import { FormViewSchema } from './form-view.zod.js';
import { ListViewSchema } from './list-view.zod.js';

const Text = storedOnly(z.string().optional());

export const ViewSchema = z
  .looseObject(
    lazyShape(() => ({
      name: MachineNameSchema.describe(
        'Name of the view, unique among the views of its owner (the tenant or an app).',
      ),
      label: Text.describe('Display name of the view. Stored, not interpreted.'),
      object: Text.describe('Name of the object that the view belongs to. Stored, not interpreted.'),
      list: storedOnly(ListViewSchema.optional()).describe('Main list of the view. Stored, not interpreted.'),
      form: storedOnly(FormViewSchema.optional()).describe('Main form of the view. Stored, not interpreted.'),
      listViews: storedOnly(z.record(z.string(), ListViewSchema).optional()).describe(
        'Additional list views, by name. Stored, not interpreted.',
      ),
      formViews: storedOnly(z.record(z.string(), FormViewSchema).optional()).describe(
        'Additional form views, by name. Stored, not interpreted.',
      ),
    })),
  )
  .describe('View of an object: its lists and forms.');
export type View = z.infer<typeof ViewSchema>;

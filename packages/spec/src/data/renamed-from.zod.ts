import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

export const RenamedFromSchema = z
  .union([
    MachineNameSchema,
    z.array(MachineNameSchema).min(1).describe('All previous names, the latest first.'),
  ])
  .describe(
    'Previous name, so that a rename keeps the data; or the list of all previous names, the latest first, so that a database that skips versions finds the data under any of them. A list is taken as complete: where none of its names is deployed, the object or field is new. A single name that is not deployed needs approval, because the data may have a name that came before it.',
  );
export type RenamedFrom = z.infer<typeof RenamedFromSchema>;

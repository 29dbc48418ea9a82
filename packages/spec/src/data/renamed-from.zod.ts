import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

export const RenamedFromSchema = z
  .union([
    MachineNameSchema,
    z.array(MachineNameSchema).min(1).describe('List of all previous names, most recent first.'),
  ])
  .describe(
    'Previous name, or list of all previous names, most recent first. With it, a rename preserves the data. With a list, the data is found under any of the names, and if none of them is deployed, the object or field is new. With a single name that is not deployed, the change requires approval, because the data may be stored under an even earlier name.',
  );
export type RenamedFrom = z.infer<typeof RenamedFromSchema>;

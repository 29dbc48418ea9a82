import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

export const RenamedFromSchema = z
  .union([
    MachineNameSchema,
    z.array(MachineNameSchema).min(1).describe('List of all previous names, most recent first.'),
  ])
  .describe(
    'Previous name, so that a rename preserves the data; or the list of all previous names, most recent first, so that a database that skips versions finds its data under any of them. A list is considered complete: if none of its names is deployed, the object or field is new. A single name that is not deployed requires approval, because the data may be stored under an even earlier name.',
  );
export type RenamedFrom = z.infer<typeof RenamedFromSchema>;

import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

export const SeedModeEnum = z
  .enum(['insert', 'update', 'upsert', 'replace', 'ignore'])
  .describe(
    'insert adds each record once; update changes records that exist; upsert does both; replace does both and removes every other record that a seed created, and those that no seed created only when that is approved; ignore adds only what is missing.',
  );
export type SeedMode = z.infer<typeof SeedModeEnum>;

export const SeedEnvironmentEnum = z
  .enum(['prod', 'dev', 'test'])
  .describe('Kind of environment that is seeded.');
export type SeedEnvironment = z.infer<typeof SeedEnvironmentEnum>;

export const SeedDatasetSchema = z
  .looseObject({
    object: MachineNameSchema.describe('Object that the records belong to.'),
    externalId: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .default('name')
      .describe('Field or fields by which a record is recognized.'),
    mode: SeedModeEnum.default('upsert'),
    env: z
      .array(SeedEnvironmentEnum)
      .default(['prod', 'dev', 'test'])
      .describe('Environments that get the records.'),
    records: z
      .array(z.record(z.string(), z.unknown()))
      .describe('Records; a lookup may hold the natural key of its target.'),
  })
  .describe('Records that a deployment writes.');
export type SeedDataset = z.infer<typeof SeedDatasetSchema>;
export type SeedDatasetInput = z.input<typeof SeedDatasetSchema>;

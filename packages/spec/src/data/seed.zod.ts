import * as z from 'zod';
import { MachineNameSchema } from '../shared/names.zod.js';

export const SeedModeEnum = z
  .enum(['insert', 'update', 'upsert', 'replace', 'ignore'])
  .describe(
    'How seed records are written. insert: adds each record once; update: updates existing records; upsert: updates existing records and adds missing ones; replace: like upsert, and deletes all other records of the object that seed data created, as well as those that seed data did not create if their deletion is approved; ignore: adds missing records only.',
  );
export type SeedMode = z.infer<typeof SeedModeEnum>;

export const SeedEnvironmentEnum = z
  .enum(['prod', 'dev', 'test'])
  .describe('Environment in which seed data is written: production, development or test.');
export type SeedEnvironment = z.infer<typeof SeedEnvironmentEnum>;

export const SeedDatasetSchema = z
  .looseObject({
    object: MachineNameSchema.describe('Name of the object to which the records belong.'),
    externalId: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .default('name')
      .describe(
        'Name of the field, or list of names of fields, whose values identify a record, so that a later deployment finds the record again. Defaults to name.',
      ),
    mode: SeedModeEnum.default('upsert'),
    preserveEdits: z
      .boolean()
      .optional()
      .describe(
        'Whether existing records that were changed since seed data last wrote them are left unchanged. Defaults to false, and to true in the seed data of apps.',
      ),
    env: z
      .array(SeedEnvironmentEnum)
      .default(['prod', 'dev', 'test'])
      .describe(
        'List of the environments in which the records are written. A deployment to any other environment skips the dataset. Defaults to all.',
      ),
    records: z
      .array(z.record(z.string(), z.unknown()))
      .describe(
        'List of records to write, each with its values by field name. A lookup may be given as the natural key of the referenced record, for example its name, instead of its id. A CEL expression such as { dialect: "cel", source: "daysAgo(7)" } is evaluated at the time of the deployment; a value that cannot be evaluated is left out.',
      ),
  })
  .describe('Seed dataset: records of one object that a deployment writes.');
export type SeedDataset = z.infer<typeof SeedDatasetSchema>;
export type SeedDatasetInput = z.input<typeof SeedDatasetSchema>;

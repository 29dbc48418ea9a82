import * as z from 'zod';
import { MachineNameSchema, SemanticVersionSchema } from '../shared/names.zod.js';
import { ProblemDetailsSchema } from '../shared/problem-details.zod.js';

const names = (what: string) => z.array(MachineNameSchema).describe(what);

const resultBase = {
  tenantId: z.string().min(1).describe('Tenant that was asked for.'),
  appId: MachineNameSchema.describe('Name of the app.'),
  version: SemanticVersionSchema,
  installedObjects: names('Objects of the app that the tenant has now, with its namespace.'),
  createdTables: names('Tables that this call created.'),
  seededRecords: z.int().min(0).describe('Records that this call wrote.'),
  durationMs: z.number().min(0).describe('How long the call took, in milliseconds.'),
};

export const AppInstallResultSchema = z
  .discriminatedUnion('success', [
    z.object({ ...resultBase, success: z.literal(true).describe('The tenant has the app in this version.') }),
    z.object({
      ...resultBase,
      success: z.literal(false).describe('The tenant does not have the app in this version.'),
      error: ProblemDetailsSchema.describe('Why not.'),
    }),
  ])
  .describe('What came of installing or upgrading an app. Counts are what was written.');
export type AppInstallResult = z.infer<typeof AppInstallResultSchema>;

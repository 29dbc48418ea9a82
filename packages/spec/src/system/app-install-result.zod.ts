import * as z from 'zod';
import { MachineNameSchema, SemanticVersionSchema } from '../shared/names.zod.js';
import { ProblemDetailsSchema } from '../shared/problem-details.zod.js';

const names = (what: string) => z.array(MachineNameSchema).describe(what);

const resultBase = {
  tenantId: z.string().min(1).describe('Unique identifier of the tenant.'),
  appId: MachineNameSchema.describe('Name of the app.'),
  version: SemanticVersionSchema,
  installedObjects: names('Names of the installed objects of the app, including its namespace.'),
  createdTables: names('Names of the tables that this call created.'),
  seededRecords: z.int().min(0).describe('Number of seed records that this call wrote.'),
  durationMs: z.number().min(0).describe('Duration of the call in milliseconds.'),
};

export const AppInstallResultSchema = z
  .discriminatedUnion('success', [
    z.object({
      ...resultBase,
      success: z.literal(true).describe('Indicates that the app is installed in this version.'),
    }),
    z.object({
      ...resultBase,
      success: z.literal(false).describe('Indicates that the app is not installed in this version.'),
      error: ProblemDetailsSchema.describe('Error that prevented the installation.'),
    }),
  ])
  .describe('Result of installing or upgrading an app. Counts cover what was actually written.');
export type AppInstallResult = z.infer<typeof AppInstallResultSchema>;

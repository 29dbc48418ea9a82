import * as z from 'zod';
import { MachineNameSchema, SemanticVersionSchema } from '../shared/names.zod.js';
import { ProblemDetailsSchema } from '../shared/problem-details.zod.js';

export const AppMergeDecisionEnum = z
  .enum(['take_app', 'keep_tenant'])
  .describe(
    "Decision for a component that both the new version of the app and the tenant changed. take_app: the app's new version replaces the tenant's change; keep_tenant: the tenant's change is preserved.",
  );
export type AppMergeDecision = z.infer<typeof AppMergeDecisionEnum>;

export const AppMergeConflictSchema = z
  .object({
    component: z
      .string()
      .min(1)
      .describe('Component: kind and name, for example view/crm__accounts or field/crm__account.name.'),
    properties: z
      .array(z.string())
      .describe(
        'List of names of the properties of the component that both changed; empty if the new version removed the component.',
      ),
    decision: AppMergeDecisionEnum,
  })
  .describe('Component that both the new version of an app and the tenant changed.');
export type AppMergeConflict = z.infer<typeof AppMergeConflictSchema>;

const names = (what: string) => z.array(MachineNameSchema).describe(what);

const resultBase = {
  tenantId: z.string().min(1).describe('Unique identifier of the tenant.'),
  appId: MachineNameSchema.describe('Name of the app.'),
  version: SemanticVersionSchema.describe('Version of the app that was to be installed.'),
  installedObjects: names(
    'Names of the objects of the app that are installed, with its namespace, for example crm__account.',
  ),
  createdTables: names('Names of the tables that this call created.'),
  seededRecords: z.int().min(0).describe('Number of seed records that this call wrote.'),
  deploymentId: z
    .string()
    .optional()
    .describe(
      'Identifier of the deployment that this call added; roll it back to restore the previous state. Absent if the call added none.',
    ),
  installedDependencies: names('Names of the apps that this call installed because this app requires them.'),
  restoredRecords: z
    .int()
    .min(0)
    .describe('Number of retained records of an earlier installation that this call restored.'),
  conflicts: z
    .array(AppMergeConflictSchema)
    .describe(
      'List of components that both the new version and the tenant changed, with the decisions taken.',
    ),
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

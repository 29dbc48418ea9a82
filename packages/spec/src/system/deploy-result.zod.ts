import * as z from 'zod';
import { MachineNameSchema, ChecksumSchema } from '../shared/names.zod.js';
import { ProblemDetailsSchema } from '../shared/problem-details.zod.js';
import { DeployStatusEnum } from './deploy-status.zod.js';

const count = (what: string) => z.int().min(0).describe(what);

export const SeedResultSchema = z
  .object({
    object: MachineNameSchema,
    outcome: z
      .enum(['written', 'already_written', 'other_environment'])
      .describe('already_written: an earlier deployment wrote the same records, and they were left alone.'),
    records: count('Records of the set.'),
    inserted: count('Records that were added.'),
    updated: count('Records that were changed.'),
    unchanged: count('Records that were left alone as the mode says.'),
    failed: count('Records that could not be written.'),
    referencesUnresolved: count('Lookups that found no record and stayed empty.'),
    ruleViolations: count('Broken write rules that a seed may break: required fields and options.'),
    problems: z
      .array(
        z.object({
          record: z.int().min(0).describe('Place in the set from 0.'),
          field: z.string().optional(),
          code: z.string(),
        }),
      )
      .describe('The first 20 failures, unresolved lookups and broken rules.'),
  })
  .describe('What was written of one seed set.');
export type SeedResult = z.infer<typeof SeedResultSchema>;

export const DeployStepSchema = z
  .object({
    status: DeployStatusEnum,
    startedAt: z.iso.datetime(),
    durationMs: z.number().min(0).describe('How long the deployment was in this status, in milliseconds.'),
  })
  .describe('A status that a deployment went through.');
export type DeployStep = z.infer<typeof DeployStepSchema>;

const resultBase = {
  deploymentId: z.string().min(1),
  tenantId: z.string().min(1),
  planHash: ChecksumSchema,
  bundleChecksum: ChecksumSchema,
  outcome: z
    .enum(['applied', 'already_applied'])
    .describe('already_applied: an earlier call ran this plan, and this is its deployment.'),
  statementsExecuted: count('DDL statements that this call ran.'),
  seeds: z.array(SeedResultSchema),
  steps: z.array(DeployStepSchema).describe('Statuses in the order in which they were reached.'),
  durationMs: z.number().min(0),
  completedAt: z.iso.datetime(),
};

export const DeployResultSchema = z
  .discriminatedUnion('status', [
    z.object({ ...resultBase, status: z.literal('ready') }),
    z.object({ ...resultBase, status: z.literal('failed'), error: ProblemDetailsSchema }),
  ])
  .describe('What came of a deployment. ready: the live schema was read back and equals the target.');
export type DeployResult = z.infer<typeof DeployResultSchema>;

export const DeploymentRecordSchema = z
  .object({
    id: z.string().min(1),
    tenantId: z.string().min(1),
    planHash: ChecksumSchema,
    bundleChecksum: ChecksumSchema,
    bundleVersion: z.string(),
    status: DeployStatusEnum,
    startedAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    error: ProblemDetailsSchema.optional(),
  })
  .refine((record) => (record.status === 'failed') === (record.error !== undefined), {
    path: ['error'],
    message: 'is there exactly when the deployment failed',
  })
  .describe('A deployment as the control plane knows it. The tenant database has the last word.');
export type DeploymentRecord = z.infer<typeof DeploymentRecordSchema>;

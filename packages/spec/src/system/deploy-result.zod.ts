import * as z from 'zod';
import { ErrorCodeEnum } from '../shared/error-code.zod.js';
import { ChecksumSchema, MachineNameSchema, SemanticVersionSchema } from '../shared/names.zod.js';
import { ProblemDetailsSchema } from '../shared/problem-details.zod.js';
import { RecordRuleEnum } from '../shared/record-rule.zod.js';
import { DeployStatusEnum } from './deploy-status.zod.js';
import { PreflightFindingSchema } from './migration-plan.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);
const Instant = z.iso.datetime();
const Duration = z.number().min(0);

const count = (what: string) => Count.describe(what);

export const SeedProblemCodeEnum = z
  .enum(['reference_unresolved', ...RecordRuleEnum.options, ...ErrorCodeEnum.options])
  .describe('What kept a record or a lookup from being written, or which write rule it breaks.');
export type SeedProblemCode = z.infer<typeof SeedProblemCodeEnum>;

export const SeedResultSchema = z
  .object({
    object: MachineNameSchema,
    outcome: z
      .enum(['written', 'already_written', 'other_environment'])
      .describe('already_written: an earlier deployment wrote the same records, and all were left alone.'),
    records: count('Records of the set.'),
    inserted: count('Records that were added.'),
    updated: count('Records that were changed.'),
    overwritten: Count.optional().describe(
      'Updated records that were edited after a seed last wrote them, or that no seed created. A rollback restores their values. Absent in results of earlier releases.',
    ),
    removed: Count.optional().describe(
      'Records that the mode replace removed, with those of other objects that were deleted by cascade. A rollback restores them. Absent in results of earlier releases.',
    ),
    referencesCleared: Count.optional().describe(
      'Lookups of other records that were emptied because their target was removed. A rollback restores them. Absent in results of earlier releases.',
    ),
    unchanged: count('Records that were left alone as the mode says.'),
    failed: count('Records that could not be written.'),
    referencesUnresolved: count('Lookups that found no record and stayed empty.'),
    ruleViolations: count('Broken write rules that a seed may break: required fields and options.'),
    problems: z
      .array(
        z.object({
          record: Count.describe('Place in the set from 0.'),
          field: z.string().optional().describe('Field, where one is to blame.'),
          code: SeedProblemCodeEnum,
        }),
      )
      .describe('The first 20 failures, unresolved lookups and broken rules.'),
  })
  .describe('What was written of one seed set.');
export type SeedResult = z.infer<typeof SeedResultSchema>;

export const DeployStepSchema = z
  .object({
    status: DeployStatusEnum,
    startedAt: Instant.describe('When the deployment reached the status.'),
    durationMs: Duration.describe('How long the deployment was in this status, in milliseconds.'),
  })
  .describe('A status that a deployment went through.');
export type DeployStep = z.infer<typeof DeployStepSchema>;

const rollbackOf = NonEmpty.optional().describe('Deployment that this one undoes. Absent: none.');

const resultBase = {
  deploymentId: NonEmpty.describe('Stands in the history of the tenant and in the registry.'),
  tenantId: NonEmpty.describe('Tenant that was deployed to.'),
  planHash: ChecksumSchema.describe('Plan that was run.'),
  bundleChecksum: ChecksumSchema.describe('Bundle that was deployed.'),
  outcome: z
    .enum(['applied', 'already_applied', 'unchanged', 'not_applied'])
    .describe(
      'already_applied: an earlier call ran this plan, and this is its deployment; unchanged: the bundle is deployed already, and this is the latest deployment; not_applied: it failed before anything changed.',
    ),
  statementsExecuted: count('DDL statements that this call ran.'),
  findings: z
    .array(
      z.object({
        ...PreflightFindingSchema.shape,
        explanation: z.string().describe('What the records are, and why.'),
      }),
    )
    .optional()
    .describe(
      'Of a rollback: what was not restored exactly, and why. Absent if everything was restored or, with already_applied, if it is no longer known.',
    ),
  seeds: z.array(SeedResultSchema).describe('What was written of the seed sets, in their order.'),
  steps: z.array(DeployStepSchema).describe('Statuses in the order in which they were reached.'),
  durationMs: Duration.describe('How long this call took, in milliseconds.'),
  completedAt: Instant.describe('When the deployment ended.'),
  rollbackOf,
};

export const DeployResultSchema = z
  .discriminatedUnion('status', [
    z.object({ ...resultBase, status: z.literal('ready').describe('The deployment took effect.') }),
    z.object({
      ...resultBase,
      status: z.literal('failed').describe('The deployment stopped.'),
      error: ProblemDetailsSchema.describe('Why it stopped.'),
    }),
  ])
  .describe('What came of a deployment. ready: the live schema was read back and equals the target.');
export type DeployResult = z.infer<typeof DeployResultSchema>;

export const DeploymentRecordSchema = z
  .object({
    id: NonEmpty.describe('Stands in the history of the tenant and in the registry.'),
    tenantId: NonEmpty.describe('Tenant that is deployed to.'),
    planHash: ChecksumSchema.describe('Plan that is run.'),
    bundleChecksum: ChecksumSchema.describe('Bundle that is deployed.'),
    bundleVersion: SemanticVersionSchema.describe('Version that its manifest gives, such as 1.4.0.'),
    status: DeployStatusEnum,
    startedAt: Instant.describe('When the deployment began.'),
    updatedAt: Instant.describe('When the status changed last.'),
    rollbackOf,
    supersededBy: NonEmpty.optional().describe('Deployment that undid this one. Absent: none.'),
    result: DeployResultSchema.optional().describe('What the deployment came to, once it has ended.'),
  })
  .refine(
    (record) =>
      (record.result?.status ?? null) ===
      (['ready', 'failed'].includes(record.status) ? record.status : null),
    {
      path: ['result'],
      message: 'is there, with the same status, exactly when the deployment has ended',
    },
  )
  .refine((record) => record.rollbackOf !== record.id && record.supersededBy !== record.id, {
    path: ['rollbackOf'],
    message: 'must be another deployment, and so must supersededBy',
  })
  .refine((record) => !record.result || record.result.rollbackOf === record.rollbackOf, {
    path: ['result', 'rollbackOf'],
    message: 'is that of the deployment',
  })
  .describe('A deployment as the control plane knows it. The tenant database has the last word.');
export type DeploymentRecord = z.infer<typeof DeploymentRecordSchema>;

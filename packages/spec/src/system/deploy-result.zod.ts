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
  .enum([
    'reference_unresolved',
    'expression_not_evaluated',
    ...RecordRuleEnum.options,
    ...ErrorCodeEnum.options,
  ])
  .describe(
    'Reason why a seed record or lookup was not written, or the write rule that it violates. reference_unresolved: no record has the given natural key; expression_not_evaluated: the expression has no value that the field can store; all others: a code of RecordRule or ErrorCode.',
  );
export type SeedProblemCode = z.infer<typeof SeedProblemCodeEnum>;

export const SeedResultSchema = z
  .object({
    object: MachineNameSchema.describe('Name of the object that the dataset is for.'),
    outcome: z
      .enum(['written', 'already_written', 'other_environment', 'unknown_object'])
      .describe(
        'Outcome for the dataset. written: its records were written; already_written: an earlier deployment wrote the same records, and nothing was written; other_environment: the dataset is for other environments; unknown_object: its object is not in the bundle, and its records were skipped.',
      ),
    records: count('Number of records in the dataset.'),
    inserted: count('Number of inserted records.'),
    updated: count('Number of updated records.'),
    overwritten: Count.optional().describe(
      'Number of updated records that were edited after seed data last wrote them, or that seed data did not create. A rollback restores their values. Absent in results of earlier releases.',
    ),
    removed: Count.optional().describe(
      'Number of records that were removed because the mode of the dataset is replace, including records of other objects that were deleted by cascade. A rollback restores them. Absent in results of earlier releases.',
    ),
    referencesCleared: Count.optional().describe(
      'Number of lookups in other records that were cleared because their target was removed. A rollback restores them. Absent in results of earlier releases.',
    ),
    unchanged: count(
      'Number of existing records that were left unchanged, as the mode of the dataset or `preserveEdits` requires.',
    ),
    failed: count('Number of records that could not be written.'),
    referencesUnresolved: count('Number of lookups that matched no record and were left empty.'),
    ruleViolations: count(
      'Number of values that violate `required` or the options of their field. Seed data may violate these rules, so the values were written.',
    ),
    expressionsSkipped: Count.optional().describe(
      'Number of values that were left out because their expressions could not be evaluated, or because their fields cannot store the result. Absent in results of earlier releases.',
    ),
    problems: z
      .array(
        z.object({
          record: Count.describe('Zero-based position of the record in the dataset.'),
          field: z
            .string()
            .optional()
            .describe('Name of the affected field. Absent if the whole record is affected.'),
          code: SeedProblemCodeEnum,
        }),
      )
      .describe(
        'List of the first 20 failures, unresolved lookups, skipped expressions and rule violations.',
      ),
  })
  .describe('Result of writing one seed dataset.');
export type SeedResult = z.infer<typeof SeedResultSchema>;

export const DeployStepSchema = z
  .object({
    status: DeployStatusEnum,
    startedAt: Instant.describe('Timestamp at which the deployment entered the status.'),
    durationMs: Duration.describe('Time that the deployment spent in the status, in milliseconds.'),
  })
  .describe('Period that a deployment spent in one status.');
export type DeployStep = z.infer<typeof DeployStepSchema>;

const rollbackOf = NonEmpty.optional().describe(
  'Identifier of the deployment that this one rolls back. Absent if it is not a rollback.',
);

const resultBase = {
  deploymentId: NonEmpty.describe(
    "Unique identifier of the deployment, in the tenant's history and in the registry.",
  ),
  tenantId: NonEmpty.describe('Unique identifier of the tenant.'),
  planHash: ChecksumSchema.describe('Hash of the migration plan that was executed.'),
  bundleChecksum: ChecksumSchema.describe('Checksum of the deployed bundle.'),
  outcome: z
    .enum(['applied', 'already_applied', 'unchanged', 'not_applied'])
    .describe(
      'Outcome of the call. applied: this call applied the plan; already_applied: an earlier call applied it, and deploymentId identifies that deployment; unchanged: the bundle was already deployed, and deploymentId identifies the latest deployment; not_applied: the deployment failed before it changed anything.',
    ),
  statementsExecuted: count('Number of statements of the plan that this call executed.'),
  findings: z
    .array(
      z.object({
        ...PreflightFindingSchema.shape,
        explanation: z.string().describe('Description of the affected records and the reason.'),
      }),
    )
    .optional()
    .describe(
      'For a rollback: list of what could not be restored exactly, and why. Absent if everything was restored, or if the rollback was applied by an earlier call and its findings are no longer stored.',
    ),
  seeds: z
    .array(SeedResultSchema)
    .describe('List of the results of the seed datasets, in the order of the bundle.'),
  steps: z
    .array(DeployStepSchema)
    .describe('List of the statuses of the deployment with their times, in order.'),
  durationMs: Duration.describe('Duration of the call in milliseconds.'),
  completedAt: Instant.describe('Timestamp at which the deployment succeeded or failed.'),
  rollbackOf,
};

export const DeployResultSchema = z
  .discriminatedUnion('status', [
    z.object({
      ...resultBase,
      status: z.literal('ready').describe('Indicates that the deployment succeeded.'),
    }),
    z.object({
      ...resultBase,
      status: z.literal('failed').describe('Indicates that the deployment failed.'),
      error: ProblemDetailsSchema.describe('Error that made the deployment fail.'),
    }),
  ])
  .describe(
    'Result of a deployment. A ready deployment was verified: the live schema equals the target schema.',
  );
export type DeployResult = z.infer<typeof DeployResultSchema>;

export const DeploymentRecordSchema = z
  .object({
    id: NonEmpty.describe(
      "Unique identifier of the deployment, in the tenant's history and in the registry.",
    ),
    tenantId: NonEmpty.describe('Unique identifier of the tenant.'),
    planHash: ChecksumSchema.describe('Hash of the migration plan of the deployment.'),
    bundleChecksum: ChecksumSchema.describe('Checksum of the deployed bundle.'),
    bundleVersion: SemanticVersionSchema.describe('Version of the deployed bundle, for example 1.4.0.'),
    status: DeployStatusEnum,
    startedAt: Instant.describe('Timestamp at which the deployment started.'),
    updatedAt: Instant.describe('Timestamp at which the status last changed.'),
    rollbackOf,
    supersededBy: NonEmpty.optional().describe(
      'Identifier of the deployment that rolled this one back. Absent if it was not rolled back.',
    ),
    result: DeployResultSchema.optional().describe(
      'Result of the deployment. Absent while the deployment is running.',
    ),
  })
  .refine(
    (record) =>
      (record.result?.status ?? null) ===
      (['ready', 'failed'].includes(record.status) ? record.status : null),
    {
      path: ['result'],
      message: 'must be present, with the same status, exactly if the deployment has ended',
    },
  )
  .refine((record) => record.rollbackOf !== record.id && record.supersededBy !== record.id, {
    path: ['rollbackOf'],
    message: 'rollbackOf and supersededBy must be other deployments than this one',
  })
  .refine((record) => !record.result || record.result.rollbackOf === record.rollbackOf, {
    path: ['result', 'rollbackOf'],
    message: 'must equal rollbackOf of the deployment',
  })
  .describe("Deployment as recorded in the registry. The history in the tenant's database is authoritative.");
export type DeploymentRecord = z.infer<typeof DeploymentRecordSchema>;

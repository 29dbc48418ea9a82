import * as z from 'zod';
import { ChecksumSchema, SemanticVersionSchema } from '../../shared/names.zod.js';
import { ChangeCodeEnum } from '../change-code.zod.js';
import { ChangeRiskEnum } from '../deploy-diff.zod.js';
import { FleetSelectionSchema } from './fleet-selection.zod.js';
import { ReleaseNameSchema } from './release.zod.js';
import { RolloutProblemSchema } from './rollout-tenant.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);
const Duration = z.number().min(0);

export const RolloutGroupSchema = z
  .object({
    baseSchemaHash: ChecksumSchema.describe('Hash of the schema that the tenants of the group have.'),
    planHash: ChecksumSchema.describe(
      'Hash of the migration plan that leads from this schema to the release.',
    ),
    tenants: Count.describe('Number of tenants with this schema.'),
    statements: Count.describe('Number of statements of the plan.'),
    hasChanges: z.boolean().describe('Whether the plan changes anything.'),
  })
  .describe('Tenants with the same schema, which have the same migration plan.');
export type RolloutGroup = z.infer<typeof RolloutGroupSchema>;

export const RolloutApprovalSchema = z
  .object({
    id: NonEmpty.describe(
      'Identifier to pass in `allow`: that of a change, or of records that seed data would remove.',
    ),
    risk: ChangeRiskEnum.optional().describe(
      'Risk of the change. Absent if only its effect on records needs approval.',
    ),
    code: ChangeCodeEnum.optional().describe(
      'Code of the change. Absent for records that seed data would remove.',
    ),
    tenants: Count.describe('Number of tenants whose plan contains the change.'),
    affectedTenants: Count.describe('Number of these tenants in which records are affected.'),
    rows: Count.describe('Number of affected records in all tenants.'),
  })
  .describe(
    'Change that must be approved by its id before the rollout starts, and the records that it affects.',
  );
export type RolloutApproval = z.infer<typeof RolloutApprovalSchema>;

export const RolloutRefusalSchema = z
  .object({
    ...RolloutProblemSchema.omit({ samples: true, rows: true }).shape,
    tenants: Count.describe('Number of refused tenants.'),
    rows: Count.describe('Number of records that prevent the change, in all of them.'),
    samples: z
      .array(
        z.object({
          tenantId: NonEmpty.describe('Unique identifier of a refused tenant.'),
          rows: Count.describe('Number of records that prevent the change in this tenant.'),
          recordIds: z.array(z.string()).describe('List of up to five ids of these records.'),
        }),
      )
      .describe('List of the first ten tenants. listRolloutTenants returns all of them.'),
  })
  .describe('Reason for which the release cannot be deployed to some tenants.');
export type RolloutRefusal = z.infer<typeof RolloutRefusalSchema>;

export const RolloutPlanSchema = z
  .object({
    rolloutId: NonEmpty.describe('Identifier of the planned rollout.'),
    release: ReleaseNameSchema,
    bundleChecksum: ChecksumSchema.describe('Checksum of the bundle of the release.'),
    bundleVersion: SemanticVersionSchema.describe('Version of the bundle of the release.'),
    selection: FleetSelectionSchema,
    createdAt: z.iso.datetime().describe('Timestamp at which the plan was made.'),
    tenants: Count.describe('Number of selected tenants, including refused ones.'),
    refusedTenants: Count.describe('Number of tenants to which the release cannot be deployed.'),
    upToDateTenants: Count.describe('Number of tenants in which the release is in effect already.'),
    groups: z
      .array(RolloutGroupSchema)
      .describe('List of the distinct plans, the one with most tenants first.'),
    approvals: z
      .array(RolloutApprovalSchema)
      .describe('List of what must be approved in `allow`, sorted by id.'),
    refusals: z
      .array(RolloutRefusalSchema)
      .describe('List of the reasons of refusals, the most frequent first.'),
    estimatedMs: Duration.nullable().describe(
      'Estimated duration with the default concurrency, from the duration of earlier deployments of the same plans, in milliseconds; null if none was measured.',
    ),
    durationMs: Duration.describe('Duration of planning in milliseconds.'),
  })
  .describe(
    'Plan of a rollout: one migration plan for each distinct schema, and what the preflight found in every tenant. Nothing was changed.',
  );
export type RolloutPlan = z.infer<typeof RolloutPlanSchema>;

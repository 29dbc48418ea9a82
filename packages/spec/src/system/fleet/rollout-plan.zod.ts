import * as z from 'zod';
import { ChecksumSchema, MachineNameSchema, SemanticVersionSchema } from '../../shared/names.zod.js';
import { ChangeCodeEnum } from '../change-code.zod.js';
import { ChangeRiskEnum } from '../deploy-diff.zod.js';
import { FleetSelectionSchema } from './fleet-selection.zod.js';
import { ReleaseNameSchema } from './release.zod.js';
import { RolloutProblemSchema } from './rollout-tenant.zod.js';
import { RolloutUpgradeSchema } from './rollout-upgrade.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);
const Duration = z.number().min(0);

export const RolloutGroupSchema = z
  .object({
    baseSchemaHash: ChecksumSchema.describe('Hash of the schema that the tenants of the group have.'),
    planHash: ChecksumSchema.describe(
      'Hash of the migration plan from `baseSchemaHash` to the schema of the release. If the plans of the tenants have the same statements but different hashes, for example because of the settings of apps, one of these hashes.',
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
      'Identifier to pass in `allow`: that of a change, or that of a finding about records that seed data would remove.',
    ),
    risk: ChangeRiskEnum.optional().describe(
      'Risk of the change. Absent if approval is needed only because of the records that would be affected.',
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
    rows: Count.describe('Number of records that prevent the change, in all refused tenants.'),
    samples: z
      .array(
        z.object({
          tenantId: NonEmpty.describe('Unique identifier of a refused tenant.'),
          rows: Count.describe('Number of records that prevent the change in this tenant.'),
          recordIds: z.array(z.string()).describe('List of up to five ids of these records.'),
        }),
      )
      .describe('List of the first ten refused tenants. listRolloutTenants returns all of them.'),
  })
  .describe('Reason why the release cannot be deployed to some tenants.');
export type RolloutRefusal = z.infer<typeof RolloutRefusalSchema>;

export const RolloutPlanSchema = z
  .object({
    rolloutId: NonEmpty.describe('Identifier of the planned rollout.'),
    release: ReleaseNameSchema.describe('Name of the release that is deployed.'),
    appId: MachineNameSchema.optional().describe(
      'Name of the app that the release is a version of. Absent for a release of a bundle.',
    ),
    upgrade: RolloutUpgradeSchema.optional().describe(
      'How the app is upgraded in each tenant: decisions on conflicts, and whether downgrades are allowed. Absent for a release of a bundle.',
    ),
    bundleChecksum: ChecksumSchema.describe(
      'Checksum of the bundle, or of the app manifest, of the release.',
    ),
    bundleVersion: SemanticVersionSchema.describe('Version of the bundle, or of the app, of the release.'),
    selection: FleetSelectionSchema.describe('Selection of the tenants for which the rollout was planned.'),
    createdAt: z.iso.datetime().describe('Timestamp at which the plan was created.'),
    tenants: Count.describe(
      'Number of selected tenants, including refused ones; for the release of an app, without those that do not have the app.',
    ),
    refusedTenants: Count.describe('Number of tenants to which the release cannot be deployed.'),
    upToDateTenants: Count.describe('Number of tenants that already run the release.'),
    groups: z
      .array(RolloutGroupSchema)
      .describe('List of the distinct migration plans, the one with most tenants first.'),
    approvals: z
      .array(RolloutApprovalSchema)
      .describe('List of the changes and findings that must be approved in `allow`, sorted by id.'),
    refusals: z
      .array(RolloutRefusalSchema)
      .describe('List of the reasons of refusals, the most frequent first.'),
    estimatedMs: Duration.nullable().describe(
      'Estimated duration of the rollout with the default concurrency, in milliseconds, from the measured duration of earlier deployments of the same plans; null if there were none.',
    ),
    durationMs: Duration.describe('Duration of planning in milliseconds.'),
  })
  .describe(
    'Plan of a rollout: one migration plan for each distinct schema, and the findings of its preflight checks in every tenant. Planning changes no tenant.',
  );
export type RolloutPlan = z.infer<typeof RolloutPlanSchema>;

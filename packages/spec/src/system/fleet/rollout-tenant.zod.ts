import * as z from 'zod';
import { ErrorCodeEnum } from '../../shared/error-code.zod.js';
import { ChecksumSchema } from '../../shared/names.zod.js';
import { NextCursorSchema, PageRequestSchema } from '../../shared/page.zod.js';
import { AppCompatibilityIssueSchema } from '../app-compatibility.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);

export const RolloutTenantStateEnum = z
  .enum(['pending', 'refused', 'deployed', 'unchanged', 'failed', 'rolled_back', 'rollback_failed'])
  .describe(
    'State of a tenant in a rollout. pending: not attempted yet; refused: preflight checks found that the release cannot be deployed; deployed: the rollout deployed the release; unchanged: the tenant already ran the release, or no longer has the app of the release; failed: the deployment failed, and the tenant runs its previous release; rolled_back: the deployment of the rollout was rolled back; rollback_failed: the rollback of this deployment failed.',
  );
export type RolloutTenantState = z.infer<typeof RolloutTenantStateEnum>;

export const RolloutProblemSchema = z
  .object({
    code: ErrorCodeEnum.describe('Error code of the problem.'),
    changeId: NonEmpty.optional().describe(
      'Identifier of the change that caused the problem. Absent if no single change did.',
    ),
    object: NonEmpty.optional().describe(
      'Name of the object that the change affects. Absent if it affects none.',
    ),
    field: NonEmpty.optional().describe(
      'Name of the field that the change affects. Absent if it affects none.',
    ),
    appIssue: AppCompatibilityIssueSchema.pick({ code: true, subject: true })
      .optional()
      .describe(
        'First compatibility issue that prevents the upgrade of the app. Present only if the error code is app_incompatible.',
      ),
    rows: Count.optional().describe('Number of records that prevent the change.'),
    samples: z.array(z.string()).optional().describe('List of the ids of up to five of these records.'),
  })
  .describe('Reason why the release cannot be, or was not, deployed to a tenant.');
export type RolloutProblem = z.infer<typeof RolloutProblemSchema>;

export const RolloutTenantSchema = z
  .object({
    tenantId: NonEmpty.describe('Unique identifier of the tenant.'),
    state: RolloutTenantStateEnum,
    wave: Count.nullable().describe(
      'Number of the wave, where 0 is the canary; null before the start, or if the tenant is refused.',
    ),
    baseSchemaHash: ChecksumSchema.nullable().describe(
      "Hash of the schema for which the tenant's plan was created; null if the tenant could not be read.",
    ),
    planHash: ChecksumSchema.nullable().describe(
      'Hash of the migration plan of the tenant; null if it has none.',
    ),
    deploymentId: NonEmpty.optional().describe(
      'Identifier of the deployment by which the rollout deployed the release. Absent if it deployed nothing.',
    ),
    problem: RolloutProblemSchema.optional().describe(
      'Reason why the tenant was refused, failed or could not be rolled back. Absent in all other states.',
    ),
    durationMs: z
      .number()
      .min(0)
      .optional()
      .describe('Duration of the last attempt in milliseconds. Absent before the first one.'),
  })
  .describe("Tenant in a rollout. The history in the tenant's own database is authoritative.");
export type RolloutTenant = z.infer<typeof RolloutTenantSchema>;

export const RolloutTenantListRequestSchema = z
  .strictObject({
    state: RolloutTenantStateEnum.optional().describe(
      'State in which the listed tenants are. Defaults to every state.',
    ),
    page: PageRequestSchema.optional().describe('Page to return. Defaults to the first page.'),
  })
  .describe('Request to list the tenants of a rollout.');
export type RolloutTenantListRequest = z.infer<typeof RolloutTenantListRequestSchema>;
export type RolloutTenantListRequestInput = z.input<typeof RolloutTenantListRequestSchema>;

export const RolloutTenantPageSchema = z
  .object({
    items: z.array(RolloutTenantSchema).describe('List of tenants, in the order of the plan.'),
    nextCursor: NextCursorSchema,
  })
  .describe('Page of the tenants of a rollout.');
export type RolloutTenantPage = z.infer<typeof RolloutTenantPageSchema>;

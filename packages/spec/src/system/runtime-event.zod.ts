import * as z from 'zod';
import { ErrorCodeEnum } from '../shared/error-code.zod.js';
import { ChecksumSchema, SemanticVersionSchema } from '../shared/names.zod.js';
import { DeployStatusEnum } from './deploy-status.zod.js';
import { TenantPlanSchema, TenantProvisioningStatusEnum } from './provisioning.zod.js';
import { TenantQuotaNameEnum } from './tenant-quota.zod.js';

const NonEmpty = z.string().min(1);
const Count = z.int().min(0);

const occurred = {
  at: z.iso.datetime().describe('Timestamp of the event.'),
};

const requested = {
  actor: z
    .string()
    .optional()
    .describe(
      'Identifier of the user who requested the change: the option `actor` of the call. Absent for changes by the control plane itself, or if none was given.',
    ),
  requestId: z
    .string()
    .optional()
    .describe(
      "Identifier of the caller's request: the option `requestId` of the call. Absent if none was given.",
    ),
};

const ofTenant = { tenantId: NonEmpty.describe('Unique identifier of the affected tenant.') };

export const RuntimeEventNameEnum = z
  .enum([
    'tenant.created',
    'tenant.activated',
    'tenant.failed',
    'tenant.suspended',
    'tenant.resumed',
    'tenant.plan_changed',
    'tenant.names_changed',
    'tenant.database_changed',
    'tenant.backed_up',
    'tenant.destroying',
    'tenant.purged',
    'deployment.started',
    'deployment.ready',
    'deployment.failed',
    'quota.exceeded',
    'keys.rotated',
    'health.changed',
  ])
  .describe(
    'Name of an event. tenant.created: a tenant was requested, adopted, imported or cloned; tenant.activated: its provisioning completed; tenant.failed: its provisioning failed; tenant.suspended, tenant.resumed: its access was blocked or restored; tenant.plan_changed: its subscription plan changed; tenant.names_changed: its slug or host names changed; tenant.database_changed: a restore or a move replaced its database; tenant.backed_up: a backup of it was completed; tenant.destroying: its destruction was requested; tenant.purged: its data was permanently deleted; deployment.started, deployment.ready, deployment.failed: a deployment or rollback started, completed or failed; quota.exceeded: a call was rejected because of a quota; keys.rotated: secrets were encrypted again with the current key; health.changed: a part of the runtime became reachable or unreachable.',
  );
export type RuntimeEventName = z.infer<typeof RuntimeEventNameEnum>;

export const TenantEventSchema = z
  .object({
    ...occurred,
    ...ofTenant,
    organizationId: NonEmpty.describe('Unique identifier of the organization that owns the tenant.'),
    status: TenantProvisioningStatusEnum.describe('Status of the tenant after the change.'),
    previousStatus: TenantProvisioningStatusEnum.optional().describe(
      'Status of the tenant before the change. Absent if it did not change.',
    ),
    plan: TenantPlanSchema.describe('Subscription plan of the tenant after the change.'),
    previousPlan: TenantPlanSchema.optional().describe(
      'Subscription plan of the tenant before the change. Absent if it did not change.',
    ),
    ...requested,
  })
  .describe('Payload of the events whose names start with `tenant.`: a change to a tenant.');
export type TenantEvent = z.infer<typeof TenantEventSchema>;

export const DeploymentEventSchema = z
  .object({
    ...occurred,
    ...ofTenant,
    deploymentId: NonEmpty.describe('Unique identifier of the deployment.'),
    status: DeployStatusEnum.describe('Status of the deployment.'),
    bundleVersion: SemanticVersionSchema.describe('Version of the deployed bundle.'),
    bundleChecksum: ChecksumSchema.describe('Checksum of the deployed bundle.'),
    rollbackOf: NonEmpty.optional().describe(
      'Identifier of the deployment that is rolled back. Absent unless this is a rollback.',
    ),
    errorCode: ErrorCodeEnum.optional().describe(
      'Code of the error that made the deployment fail. Present only for deployment.failed.',
    ),
    ...requested,
  })
  .describe(
    'Payload of the events `deployment.started`, `deployment.ready` and `deployment.failed`: a change to a deployment.',
  );
export type DeploymentEvent = z.infer<typeof DeploymentEventSchema>;

export const QuotaExceededEventSchema = z
  .object({
    ...occurred,
    ...ofTenant,
    quota: TenantQuotaNameEnum.describe('Name of the quota that rejected the call.'),
    limit: Count.optional().describe('Maximum usage, in the unit of the quota. Absent if unknown.'),
    usage: Count.optional().describe('Usage before the call, in the unit of the quota. Absent if unknown.'),
    requested: Count.optional().describe(
      'Amount by which the call would have increased the usage, in the unit of the quota (records, bytes, members, …). Absent if unknown.',
    ),
  })
  .describe('Payload of the event `quota.exceeded`: a call that was rejected because of a quota.');
export type QuotaExceededEvent = z.infer<typeof QuotaExceededEventSchema>;

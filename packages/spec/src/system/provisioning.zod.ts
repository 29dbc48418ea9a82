import * as z from 'zod';
import { ConnectionUrlSchema } from '../shared/connection-url.zod.js';
import { EmailAddressSchema } from '../shared/email-address.zod.js';
import { ErrorCodeEnum } from '../shared/error-code.zod.js';
import { ChannelNameSchema } from '../shared/names.zod.js';
import { ProblemDetailsSchema } from '../shared/problem-details.zod.js';
import { TenantRegionSchema } from '../shared/tenant-region.zod.js';
import { textLength } from '../shared/text-length.js';
import { DatabaseProviderEnum, TenantIsolationLevel } from './tenant-isolation.zod.js';
import type { TenantQuota } from './tenant-quota.zod.js';

export {
  TENANT_REGION_LOCATIONS,
  type TenantRegion,
  TenantRegionSchema,
} from '../shared/tenant-region.zod.js';

const Instant = z.iso.datetime();
const Duration = z.number().min(0);
const Text = z.string();

export const TenantProvisioningStatusEnum = z
  .enum(['provisioning', 'active', 'suspended', 'failed', 'destroying'])
  .describe(
    'Status of a tenant. provisioning: being created; active: in service; suspended: data is retained, and access is refused; failed: creation failed and can be retried; destroying: access is refused, and the data will be deleted. A destroyed tenant is not found.',
  );
export type TenantProvisioningStatus = z.infer<typeof TenantProvisioningStatusEnum>;

export const TenantPlanSchema = z
  .enum(['free', 'pro', 'enterprise'])
  .describe(
    "Subscription plan: free, pro or enterprise. Determines the tenant's quotas: those of the plan in the constant TENANT_PLAN_QUOTAS, unless the runtime is configured with others (planQuotas) or the tenant has its own.",
  );
export type TenantPlan = z.infer<typeof TenantPlanSchema>;

export const ProvisioningStepNameEnum = z
  .enum(['create_database', 'await_database', 'claim_database', 'register_deployment', 'activate'])
  .describe(
    'Step of provisioning. create_database: creates the database, empty or as a copy of a template; await_database: waits until the database answers; claim_database: marks the database as belonging to the tenant; register_deployment: records the deployment that a copy of a template contains; activate: records the connection to the database and sets the status of the tenant to active.',
  );
export type ProvisioningStepName = z.infer<typeof ProvisioningStepNameEnum>;

const hasEnded = (status: string) => status === 'completed' || status === 'failed';

export const ProvisioningStepSchema = z
  .object({
    name: ProvisioningStepNameEnum,
    status: z
      .enum(['pending', 'running', 'completed', 'failed', 'skipped'])
      .describe(
        'Status of the step. pending: not started; running: in progress; completed: succeeded; failed: stopped by an error; skipped: not needed.',
      ),
    attempt: z.int().min(0).describe('Number of attempts so far.'),
    startedAt: Instant.optional().describe(
      'Timestamp at which the latest attempt started. Absent before the first one.',
    ),
    completedAt: Instant.optional().describe('Timestamp at which the latest attempt succeeded or failed.'),
    durationMs: Duration.optional().describe('Duration of the latest attempt in milliseconds.'),
    errorCode: ErrorCodeEnum.optional().describe('Error code of the latest attempt, if it failed.'),
    retryable: z.boolean().optional().describe('Whether a retry may succeed, if the latest attempt failed.'),
    externalRef: Text.optional().describe(
      'Identifier that the external provider assigned to the created resource, for example the Turso database id. Absent if the step creates nothing.',
    ),
  })
  .refine(
    (step) =>
      !step.startedAt || !step.completedAt || Date.parse(step.completedAt) >= Date.parse(step.startedAt),
    {
      path: ['completedAt'],
      message: 'must not be before startedAt',
    },
  )
  .refine((step) => hasEnded(step.status) === (step.completedAt !== undefined), {
    path: ['completedAt'],
    message: 'must be present exactly if the step has completed or failed',
  })
  .refine((step) => step.status !== 'failed' || step.errorCode !== undefined, {
    path: ['errorCode'],
    message: 'must be present if the step has failed',
  })
  .describe('Step of provisioning a tenant. Recorded before it has any effect.');
export type ProvisioningStep = z.infer<typeof ProvisioningStepSchema>;

export const TenantProvisioningRequestSchema = z
  .strictObject({
    orgId: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .describe('Unique identifier of the organization that will own the tenant.'),
    plan: TenantPlanSchema.default('free'),
    region: TenantRegionSchema.default('us-east').describe(
      'Geographic region in which the database is created; ignored by a data plane with only one region. If omitted, the data plane chooses where the database is created, and the recorded region of the tenant is that of the data plane, or us-east if that is not known.',
    ),
    displayName: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe('Display name of the tenant, for example Acme Inc. Defaults to none.'),
    adminEmail: EmailAddressSchema.optional().describe(
      'Contact email address for notices about this tenant. Stored and returned; the runtime sends no email. Defaults to none.',
    ),
    requestKey: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe(
        'Idempotency key, unique within the organization, for example the id of the registration. A retry with the same key returns the existing tenant or resumes its provisioning. If omitted, every call creates a tenant.',
      ),
    templateName: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe(
        'Name of the template that the database is created from, one of those configured in the runtime; any other name is rejected with `not_supported`. If omitted, the database is created with the release of the channel or, if the channel has none, empty.',
      ),
    channel: ChannelNameSchema.optional().describe(
      'Name of the release channel to which the tenant belongs. If `templateName` is omitted, the tenant is created with the current release of this channel. Defaults to stable.',
    ),
    isolationLevel: TenantIsolationLevel.default('isolated_db').describe(
      "How the tenant's data is isolated from that of other tenants. Only isolated_db (one database per tenant) is implemented; others are rejected with `not_supported`.",
    ),
    databaseProvider: DatabaseProviderEnum.optional().describe(
      'Database provider. Must match the provider of the configured data plane, otherwise the request is rejected with `not_supported`. Defaults to that provider.',
    ),
    metadata: z
      .record(Text, Text)
      .optional()
      .describe(
        'Key-value pairs for any purpose of the caller, for example { "crmId": "42" }. Stored and returned unchanged. Defaults to none.',
      ),
  })
  .describe('Request to create a tenant with its own database.');
export type TenantProvisioningRequest = z.infer<typeof TenantProvisioningRequestSchema>;
export type TenantProvisioningRequestInput = z.input<typeof TenantProvisioningRequestSchema>;

const resultBase = {
  tenantId: z.string().min(1).describe('Unique identifier of the tenant, generated randomly.'),
  region: TenantRegionSchema.describe("Geographic region of the tenant's database."),
  plan: TenantPlanSchema,
  steps: z.array(ProvisioningStepSchema).describe('List of the provisioning steps, in order.'),
  totalDurationMs: Duration.describe('Duration of the call in milliseconds.'),
};

export const TenantProvisioningResultSchema = z
  .discriminatedUnion('status', [
    z.object({
      ...resultBase,
      status: z
        .enum(['active', 'suspended'])
        .describe(
          'Status of the tenant. active: in service; suspended: data is retained, and access is refused.',
        ),
      connectionUrl: ConnectionUrlSchema.describe(
        "Connection URL of the tenant's database, without credentials. For a local database: a file: URL relative to the data directory, for example file:tenants/t-abc.db.",
      ),
      provisionedAt: Instant.describe('Timestamp at which the tenant first became active.'),
    }),
    z.object({
      ...resultBase,
      status: z
        .enum(['provisioning', 'destroying'])
        .describe(
          'Status of the tenant. provisioning: being created; destroying: access is refused, and the data will be deleted.',
        ),
    }),
    z.object({
      ...resultBase,
      status: z.literal('failed').describe('Status of the tenant: provisioning failed and can be retried.'),
      error: ProblemDetailsSchema.describe(
        'Error that made provisioning fail, including whether a retry may succeed (`retryable`).',
      ),
    }),
  ])
  .describe('Result of a provisioning request.');
export type TenantProvisioningResult = z.infer<typeof TenantProvisioningResultSchema>;

/** Default quotas of each subscription plan; an absent quota is unlimited. */
export const TENANT_PLAN_QUOTAS = {
  free: {
    maxUsers: 3,
    maxObjects: 50,
    maxRecordsPerObject: 10_000,
    maxDeploymentsPerDay: 50,
    maxStorageBytes: 500_000_000,
    apiRequestsPerMinute: 300,
  },
  pro: {
    maxUsers: 50,
    maxObjects: 500,
    maxRecordsPerObject: 1_000_000,
    maxDeploymentsPerDay: 500,
    maxStorageBytes: 9_000_000_000,
    apiRequestsPerMinute: 3_000,
  },
  enterprise: {},
} as const satisfies Record<TenantPlan, TenantQuota>;

import * as z from 'zod';
import { ConnectionUrlSchema } from '../shared/connection-url.zod.js';
import { EmailAddressSchema } from '../shared/email-address.zod.js';
import { ErrorCodeEnum } from '../shared/error-code.zod.js';
import { ProblemDetailsSchema } from '../shared/problem-details.zod.js';
import { textLength } from '../shared/text-length.js';
import { DatabaseProviderEnum, TenantIsolationLevel } from './tenant-isolation.zod.js';
import type { TenantQuota } from './tenant-quota.zod.js';

const Instant = z.iso.datetime();
const Duration = z.number().min(0);
const Text = z.string();

export const TenantProvisioningStatusEnum = z
  .enum(['provisioning', 'active', 'suspended', 'failed', 'destroying'])
  .describe('Where a tenant stands in its life. A destroyed tenant is not found.');
export type TenantProvisioningStatus = z.infer<typeof TenantProvisioningStatusEnum>;

export const TenantPlanSchema = z.enum(['free', 'pro', 'enterprise']).describe('What the tenant pays for.');
export type TenantPlan = z.infer<typeof TenantPlanSchema>;

export const TenantRegionSchema = z
  .enum(['us-east', 'us-west', 'eu-west', 'ap-south', 'ap-northeast'])
  .describe('Where the database of the tenant is.');
export type TenantRegion = z.infer<typeof TenantRegionSchema>;

export const ProvisioningStepNameEnum = z
  .enum(['create_database', 'claim_database', 'activate'])
  .describe('Steps of provisioning in their order.');
export type ProvisioningStepName = z.infer<typeof ProvisioningStepNameEnum>;

const hasEnded = (status: string) => status === 'completed' || status === 'failed';

export const ProvisioningStepSchema = z
  .object({
    name: ProvisioningStepNameEnum,
    status: z
      .enum(['pending', 'running', 'completed', 'failed', 'skipped'])
      .describe('Where the step stands.'),
    attempt: z.int().min(0).describe('How often the step was begun.'),
    startedAt: Instant.optional().describe('When the last attempt began.'),
    completedAt: Instant.optional().describe('When the last attempt ended.'),
    durationMs: Duration.optional().describe('How long the last attempt took, in milliseconds.'),
    errorCode: ErrorCodeEnum.optional().describe('Why the last attempt failed.'),
    retryable: z.boolean().optional().describe('Whether trying again may help.'),
    externalRef: Text.optional().describe('Id that the outside gave to what the step made.'),
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
    message: 'is there exactly when the step has completed or failed',
  })
  .refine((step) => step.status !== 'failed' || step.errorCode !== undefined, {
    path: ['errorCode'],
    message: 'must be there when the step has failed',
  })
  .describe('One step of provisioning, recorded before it has any effect.');
export type ProvisioningStep = z.infer<typeof ProvisioningStepSchema>;

export const TenantProvisioningRequestSchema = z
  .strictObject({
    orgId: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .describe('Organization that will own the tenant.'),
    plan: TenantPlanSchema.default('free'),
    region: TenantRegionSchema.default('us-east'),
    displayName: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe('Name that a person sees.'),
    adminEmail: EmailAddressSchema.optional().describe('Whom to write to about the tenant.'),
    requestKey: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe('Makes a retry return or finish the first attempt. Unique within the organization.'),
    templateName: z
      .string()
      .check(textLength({ min: 1, max: 255 }))
      .optional()
      .describe('Template that the database begins as. Absent: empty. Refused as not_supported.'),
    isolationLevel: TenantIsolationLevel.default('isolated_db').describe(
      'How the tenant is kept apart. Another than isolated_db is refused as not_supported.',
    ),
    databaseProvider: DatabaseProviderEnum.optional().describe(
      'What shall serve the database. Another than that of the data plane is refused as not_supported.',
    ),
    metadata: z.record(Text, Text).optional().describe('Labels of the caller.'),
  })
  .describe('Asks for a tenant with a database of its own.');
export type TenantProvisioningRequest = z.infer<typeof TenantProvisioningRequestSchema>;
export type TenantProvisioningRequestInput = z.input<typeof TenantProvisioningRequestSchema>;

const resultBase = {
  tenantId: z.string().min(1).describe('Random id of the tenant.'),
  region: TenantRegionSchema,
  plan: TenantPlanSchema,
  steps: z.array(ProvisioningStepSchema).describe('What was done, in order.'),
  totalDurationMs: Duration.describe('How long this call took, in milliseconds.'),
};

export const TenantProvisioningResultSchema = z
  .discriminatedUnion('status', [
    z.object({
      ...resultBase,
      status: z.enum(['active', 'suspended']).describe('There is a database.'),
      connectionUrl: ConnectionUrlSchema.describe(
        "URL of the tenant's database, without credentials. Of a local database: a file: URL relative to the data folder, for example file:tenants/t-abc.db.",
      ),
      provisionedAt: Instant.describe('When the tenant became active.'),
    }),
    z.object({
      ...resultBase,
      status: z.enum(['provisioning', 'destroying']).describe('Not there yet, or no longer.'),
    }),
    z.object({
      ...resultBase,
      status: z.literal('failed').describe('A step failed.'),
      error: ProblemDetailsSchema.describe('Why it failed, and whether trying again may help.'),
    }),
  ])
  .describe('What came of a request: an active tenant has a URL and a time, a failed one an error.');
export type TenantProvisioningResult = z.infer<typeof TenantProvisioningResultSchema>;

/** Quotas of each plan; an absent one is unlimited. */
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

/** Turso location of each region. */
export const TENANT_REGION_LOCATIONS = {
  'us-east': 'aws-us-east-1',
  'us-west': 'aws-us-west-2',
  'eu-west': 'aws-eu-west-1',
  'ap-south': 'aws-ap-south-1',
  'ap-northeast': 'aws-ap-northeast-1',
} as const satisfies Record<TenantRegion, string>;

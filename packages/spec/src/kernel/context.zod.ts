import * as z from 'zod';
import { ConnectionUrlSchema } from '../shared/connection-url.zod.js';
import { SemanticVersionSchema } from '../shared/names.zod.js';
import { TenantPlanSchema, TenantRegionSchema } from '../system/provisioning.zod.js';
import { TenantQuotaSchema } from '../system/tenant.zod.js';

export const RuntimeModeEnum = z
  .enum(['development', 'production', 'test', 'provisioning', 'preview'])
  .describe(
    'Purpose of the runtime instance, as configured by its option `mode`. Passed on to application code; has no effect on the runtime itself. development: local development; production: production traffic; test: automated tests; provisioning: a process that only creates tenants; preview: preview of a version before its release.',
  );
export type RuntimeMode = z.infer<typeof RuntimeModeEnum>;

export const KernelContextSchema = z
  .object({
    instanceId: z.uuid().describe('Unique identifier of the runtime instance.'),
    mode: RuntimeModeEnum.default('production'),
    version: z.string().min(1).describe('Version of the runtime, for example 1.4.0.'),
    appName: z
      .string()
      .min(1)
      .optional()
      .describe('Name of the application that embeds the runtime. Absent if unknown.'),
    cwd: z.string().min(1).optional().describe('Working directory of the process. Absent if unknown.'),
    workspaceRoot: z
      .string()
      .min(1)
      .optional()
      .describe("Root directory of the application's source code. Absent if unknown."),
    startTime: z
      .int()
      .min(0)
      .describe('Time at which the runtime started, as a Unix timestamp in milliseconds.'),
    features: z
      .record(z.string().min(1), z.boolean())
      .default({})
      .describe('Feature flags of the runtime, by name: true if the feature is enabled.'),
  })
  .describe('Runtime instance that handles a request.');
export type KernelContext = z.infer<typeof KernelContextSchema>;
export type KernelContextInput = z.input<typeof KernelContextSchema>;

export const TenantRuntimeContextSchema = KernelContextSchema.extend({
  tenantId: z.string().min(1).describe('Unique identifier of the tenant that the session was resolved to.'),
  organizationId: z.string().min(1).describe('Identifier of the organization that owns the tenant.'),
  userId: z.string().min(1).describe('Identifier of the authenticated user.'),
  tenantPlan: TenantPlanSchema,
  tenantRegion: TenantRegionSchema.describe("Geographic region of the tenant's database."),
  tenantDbUrl: ConnectionUrlSchema.describe(
    "Connection URL of the tenant's database, without credentials. For a local database: a file: URL relative to the data directory.",
  ),
  tenantQuotas: TenantQuotaSchema.describe('Effective quotas of the tenant.'),
  bundleVersion: SemanticVersionSchema.optional().describe(
    "Version of the bundle that is deployed in the tenant's database, so that application code can support two versions during a rollout. Absent if nothing is deployed.",
  ),
}).describe('Runtime instance and tenant of one request, resolved from the session.');
export type TenantRuntimeContext = z.infer<typeof TenantRuntimeContextSchema>;
export type TenantRuntimeContextInput = z.input<typeof TenantRuntimeContextSchema>;

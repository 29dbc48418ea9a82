import * as z from 'zod';
import { ConnectionUrlSchema } from '../shared/connection-url.zod.js';
import { TenantPlanSchema, TenantRegionSchema } from '../system/provisioning.zod.js';
import { TenantQuotaSchema } from '../system/tenant.zod.js';

export const RuntimeModeEnum = z
  .enum(['development', 'production', 'test', 'provisioning', 'preview'])
  .describe('What the process runs for.');
export type RuntimeMode = z.infer<typeof RuntimeModeEnum>;

export const KernelContextSchema = z
  .object({
    instanceId: z.uuid().describe('Id of this runtime.'),
    mode: RuntimeModeEnum,
    version: z.string().describe('Version of the runtime.'),
    startTime: z.int().min(0).describe('When the runtime started, in milliseconds since 1970.'),
  })
  .describe('The runtime that serves a request.');
export type KernelContext = z.infer<typeof KernelContextSchema>;

export const TenantRuntimeContextSchema = KernelContextSchema.extend({
  tenantId: z.string().min(1).describe('The tenant that the session resolved to.'),
  organizationId: z.string().min(1).describe('Organisation that owns the tenant.'),
  userId: z.string().min(1).describe('User of the session.'),
  tenantPlan: TenantPlanSchema,
  tenantRegion: TenantRegionSchema,
  tenantDbUrl: ConnectionUrlSchema.describe('URL of the database of the tenant, without credentials.'),
  tenantQuotas: TenantQuotaSchema,
}).describe('Runtime and tenant of one request, made from session, organisation and tenant.');
export type TenantRuntimeContext = z.infer<typeof TenantRuntimeContextSchema>;

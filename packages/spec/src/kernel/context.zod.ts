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
    version: z.string().min(1).describe('Version of the runtime.'),
    appName: z.string().min(1).optional().describe('Name of the program that the runtime is part of.'),
    cwd: z.string().min(1).optional().describe('Folder that the process works in.'),
    workspaceRoot: z.string().min(1).optional().describe('Folder that the sources of the program are in.'),
    startTime: z.int().min(0).describe('When the runtime started, in milliseconds since 1970.'),
    features: z
      .record(z.string().min(1), z.boolean())
      .optional()
      .describe('Features that are switched on or off, by name. Absent: none is.'),
  })
  .describe('The runtime that serves a request.');
export type KernelContext = z.infer<typeof KernelContextSchema>;

export const TenantRuntimeContextSchema = KernelContextSchema.extend({
  tenantId: z.string().min(1).describe('The tenant that the session resolved to.'),
  organizationId: z.string().min(1).describe('Organization that owns the tenant.'),
  userId: z.string().min(1).describe('User of the session.'),
  tenantPlan: TenantPlanSchema,
  tenantRegion: TenantRegionSchema,
  tenantDbUrl: ConnectionUrlSchema.describe(
    'URL of the database of the tenant, without credentials. Of a local database: a file: URL relative to the data folder.',
  ),
  tenantQuotas: TenantQuotaSchema,
}).describe('Runtime and tenant of one request, made from session, organization and tenant.');
export type TenantRuntimeContext = z.infer<typeof TenantRuntimeContextSchema>;

import * as z from 'zod';
import { ConnectionUrlSchema } from '../shared/connection-url.zod.js';
import { TenantPlanSchema, TenantProvisioningStatusEnum, TenantRegionSchema } from './provisioning.zod.js';

const limit = (what: string) => z.int().min(0).optional().describe(`${what} Absent: unlimited; 0: none.`);

export const TenantIsolationLevel = z
  .enum(['shared_schema', 'isolated_schema', 'isolated_db'])
  .describe('How tenants are kept apart. Only isolated_db is implemented.');
export type TenantIsolationLevel = z.infer<typeof TenantIsolationLevel>;

export const DatabaseProviderEnum = z
  .enum(['turso', 'postgres', 'memory'])
  .describe('What serves the database.');
export type DatabaseProvider = z.infer<typeof DatabaseProviderEnum>;

export const TenantConnectionConfigSchema = z
  .object({
    url: ConnectionUrlSchema,
    databaseName: z
      .string()
      .min(1)
      .describe('Name of the database at its provider; derived from a random id.'),
  })
  .describe('How to reach the database of a tenant.');
export type TenantConnectionConfig = z.infer<typeof TenantConnectionConfigSchema>;

export const TenantQuotaSchema = z
  .object({
    maxUsers: limit('Users.'),
    maxObjects: limit('Objects.'),
    maxRecordsPerObject: limit('Records of one object.'),
    maxDeploymentsPerDay: limit('Deployments in a day.'),
    maxStorageBytes: limit('Bytes of storage.'),
    apiRequestsPerMinute: limit('Requests in a minute.'),
  })
  .describe('What a tenant may use.');
export type TenantQuota = z.infer<typeof TenantQuotaSchema>;

export const TenantSchema = z
  .object({
    id: z.string().min(1).describe('Random id; never changes and is never used again.'),
    organizationId: z.string().min(1).describe('Organisation that owns the tenant.'),
    name: z.string().optional().describe('Name that a person sees.'),
    adminEmail: z.email().optional().describe('Whom to write to about the tenant.'),
    metadata: z.record(z.string(), z.string()).optional().describe('Labels of the caller.'),
    isolationLevel: TenantIsolationLevel,
    databaseProvider: DatabaseProviderEnum,
    connectionConfig: TenantConnectionConfigSchema.optional().describe('Absent until the database exists.'),
    provisioningStatus: TenantProvisioningStatusEnum,
    plan: TenantPlanSchema,
    region: TenantRegionSchema,
    quotas: TenantQuotaSchema.describe('Quotas of the plan.'),
    createdAt: z.iso.datetime().describe('When it was asked for.'),
    provisionedAt: z.iso.datetime().optional().describe('When it became active.'),
    purgeAt: z.iso.datetime().optional().describe('When the data of a destroyed tenant is deleted for good.'),
  })
  .describe('A customer with a database of their own.');
export type Tenant = z.infer<typeof TenantSchema>;

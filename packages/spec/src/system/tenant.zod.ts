import * as z from 'zod';
import { EmailAddressSchema } from '../shared/email-address.zod.js';
import { TenantPlanSchema, TenantProvisioningStatusEnum, TenantRegionSchema } from './provisioning.zod.js';
import { SealedConnectionConfigSchema } from './tenant-connection.zod.js';
import { DatabaseProviderEnum, TenantIsolationLevel } from './tenant-isolation.zod.js';
import { TenantQuotaSchema } from './tenant-quota.zod.js';

export * from './tenant-connection.zod.js';
export * from './tenant-isolation.zod.js';
export * from './tenant-quota.zod.js';

const NonEmpty = z.string().min(1);
const Instant = z.iso.datetime();
const Text = z.string();

const isInService = (status: string) => status === 'active' || status === 'suspended';

export const TenantSchema = z
  .object({
    id: NonEmpty.describe('Random id; never changes and is never used again.'),
    organizationId: NonEmpty.describe('Organization that owns the tenant.'),
    name: Text.optional().describe('Name that a person sees.'),
    adminEmail: EmailAddressSchema.optional().describe('Whom to write to about the tenant.'),
    metadata: z.record(Text, Text).optional().describe('Labels of the caller.'),
    isolationLevel: TenantIsolationLevel,
    databaseProvider: DatabaseProviderEnum,
    connectionConfig: SealedConnectionConfigSchema.optional().describe('Absent until the database exists.'),
    provisioningStatus: TenantProvisioningStatusEnum,
    plan: TenantPlanSchema,
    region: TenantRegionSchema,
    quotas: TenantQuotaSchema.describe('Quotas of the plan.'),
    createdAt: Instant.describe('When it was asked for.'),
    provisionedAt: Instant.optional().describe('When it became active.'),
    purgeAt: Instant.optional().describe('When the data of a destroyed tenant is deleted for good.'),
  })
  .refine((tenant) => !isInService(tenant.provisioningStatus) || tenant.connectionConfig !== undefined, {
    path: ['connectionConfig'],
    message: 'must be there while the tenant is active or suspended',
  })
  .refine((tenant) => !isInService(tenant.provisioningStatus) || tenant.provisionedAt !== undefined, {
    path: ['provisionedAt'],
    message: 'must be there while the tenant is active or suspended',
  })
  .describe('A customer with a database of their own.');
export type Tenant = z.infer<typeof TenantSchema>;

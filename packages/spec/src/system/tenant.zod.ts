import * as z from 'zod';
import { EmailAddressSchema } from '../shared/email-address.zod.js';
import { TenantPlanSchema, TenantProvisioningStatusEnum, TenantRegionSchema } from './provisioning.zod.js';
import { SealedConnectionConfigSchema } from './tenant-connection.zod.js';
import { DatabaseProviderEnum, TenantIsolationLevel } from './tenant-isolation.zod.js';
import { TenantHostnamesSchema, TenantSlugSchema } from './tenant-names.zod.js';
import { TenantQuotaSchema } from './tenant-quota.zod.js';

export * from './tenant-connection.zod.js';
export * from './tenant-isolation.zod.js';
export * from './tenant-names.zod.js';
export * from './tenant-quota.zod.js';

const NonEmpty = z.string().min(1);
const Instant = z.iso.datetime();
const Text = z.string();

const isInService = (status: string) => status === 'active' || status === 'suspended';

export const TenantSchema = z
  .object({
    id: NonEmpty.describe(
      'Unique identifier of the tenant, generated randomly. Never changes and is never reused.',
    ),
    organizationId: NonEmpty.describe('Unique identifier of the organization that owns the tenant.'),
    name: Text.optional().describe('Display name of the tenant.'),
    slug: TenantSlugSchema.optional(),
    hostnames: TenantHostnamesSchema.optional(),
    adminEmail: EmailAddressSchema.optional().describe(
      'Contact email address for notices about this tenant. Stored and returned; the runtime sends no email. Defaults to none.',
    ),
    metadata: z
      .record(Text, Text)
      .optional()
      .describe(
        'Key-value pairs that the caller stored with the tenant, unchanged. Absent if there are none.',
      ),
    isolationLevel: TenantIsolationLevel,
    databaseProvider: DatabaseProviderEnum,
    connectionConfig: SealedConnectionConfigSchema.optional().describe(
      "Connection settings of the tenant's database. Absent until the database exists.",
    ),
    provisioningStatus: TenantProvisioningStatusEnum,
    plan: TenantPlanSchema,
    region: TenantRegionSchema,
    quotas: TenantQuotaSchema.describe(
      'Effective quotas of the tenant: those of its subscription plan, or its own.',
    ),
    createdAt: Instant.describe('Timestamp at which the tenant was requested.'),
    provisionedAt: Instant.optional().describe(
      'Timestamp at which the tenant first became active. Absent until then.',
    ),
    purgeAt: Instant.optional().describe(
      'Timestamp at which the data of a destroyed tenant is permanently deleted. Absent unless the tenant was destroyed.',
    ),
  })
  .refine((tenant) => !isInService(tenant.provisioningStatus) || tenant.connectionConfig !== undefined, {
    path: ['connectionConfig'],
    message: 'must be present while the tenant is active or suspended',
  })
  .refine((tenant) => !isInService(tenant.provisioningStatus) || tenant.provisionedAt !== undefined, {
    path: ['provisionedAt'],
    message: 'must be present while the tenant is active or suspended',
  })
  .describe('Tenant: an isolated database with its metadata, owned by an organization.');
export type Tenant = z.infer<typeof TenantSchema>;

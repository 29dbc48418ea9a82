import * as z from 'zod';
import { TenantProvisioningRequestSchema } from './provisioning.zod.js';

const NonEmpty = z.string().min(1);

export const TenantImportRequestSchema = TenantProvisioningRequestSchema.pick({
  orgId: true,
  plan: true,
  region: true,
  displayName: true,
  adminEmail: true,
  metadata: true,
  requestKey: true,
}).describe('Request to import an archive as a new tenant.');
export type TenantImportRequest = z.infer<typeof TenantImportRequestSchema>;
export type TenantImportRequestInput = z.input<typeof TenantImportRequestSchema>;

export const TenantCloneRequestSchema = TenantImportRequestSchema.omit({ region: true, plan: true })
  .partial({ orgId: true })
  .extend({
    orgId: TenantProvisioningRequestSchema.shape.orgId
      .optional()
      .describe(
        'Unique identifier of the organization that will own the new tenant. Defaults to the organization of the cloned tenant.',
      ),
    plan: TenantProvisioningRequestSchema.shape.plan
      .removeDefault()
      .optional()
      .describe('Subscription plan of the new tenant. Defaults to the plan of the cloned tenant.'),
    backupId: NonEmpty.optional().describe(
      'Identifier of the backup to copy, which may be the final backup of a destroyed tenant. If omitted, the current data of the tenant is copied.',
    ),
  })
  .describe('Request to copy a tenant to a new one.');
export type TenantCloneRequest = z.infer<typeof TenantCloneRequestSchema>;

export const TenantCopyResultSchema = z
  .object({
    tenantId: NonEmpty.describe('Unique identifier of the new tenant.'),
    created: z
      .boolean()
      .describe(
        'Whether the call created the tenant. False if an earlier call with the same request key did.',
      ),
  })
  .describe('Result of an import or a clone.');
export type TenantCopyResult = z.infer<typeof TenantCopyResultSchema>;

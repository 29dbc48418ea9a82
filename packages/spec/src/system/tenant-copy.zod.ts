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

export const CloneMaskingEnum = z
  .enum(['rules', 'none'])
  .describe(
    'Masking of a clone. rules: the values of every field with a `maskingRule` are masked; if there is such a field, or was one before a deployment that can still be rolled back, the clone has the records and the metadata in effect, but no deployment history, no retained data and no tables that a deployment did not create, all of which could contain original values; none: the database is copied as it is.',
  );
export type CloneMasking = z.infer<typeof CloneMaskingEnum>;

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
    masking: CloneMaskingEnum.optional().describe(
      'Whether the values of fields with a `maskingRule` are masked: `rules` masks them, `none` copies them unchanged. Defaults to `rules`.',
    ),
    backupId: NonEmpty.optional().describe(
      'Identifier of the backup to copy, which may be the final backup of a destroyed tenant. If omitted, the current data of the tenant is copied.',
    ),
  })
  .describe('Request to copy a tenant to a new one.');
export type TenantCloneRequest = z.infer<typeof TenantCloneRequestSchema>;

export const CloneMaskedFieldSchema = z
  .object({
    object: NonEmpty.describe('Name of the object.'),
    field: NonEmpty.describe('Name of the field.'),
  })
  .describe('Field whose values were masked in a clone.');
export type CloneMaskedField = z.infer<typeof CloneMaskedFieldSchema>;

export const TenantCopyResultSchema = z
  .object({
    tenantId: NonEmpty.describe('Unique identifier of the new tenant.'),
    created: z
      .boolean()
      .describe(
        'Whether the call created the tenant. False if an earlier call with the same request key did.',
      ),
    maskedFields: z
      .array(CloneMaskedFieldSchema)
      .optional()
      .describe(
        'List of the fields whose values were masked. Absent unless the call created a clone whose values were to be masked.',
      ),
  })
  .describe('Result of an import or a clone.');
export type TenantCopyResult = z.infer<typeof TenantCopyResultSchema>;

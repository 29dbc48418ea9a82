import * as z from 'zod';
import { NextCursorSchema, PageRequestSchema } from '../shared/page.zod.js';
import { ProvisioningStepSchema, TenantProvisioningStatusEnum } from './provisioning.zod.js';
import { TenantSchema } from './tenant.zod.js';

const NonEmpty = z.string().min(1);

export const TenantListRequestSchema = z
  .strictObject({
    organizationId: NonEmpty.optional().describe(
      'Unique identifier of the organization whose tenants are listed. Defaults to every organization.',
    ),
    status: TenantProvisioningStatusEnum.optional().describe(
      'Status of the listed tenants. Defaults to every status.',
    ),
    page: PageRequestSchema.optional().describe('Page to return. Defaults to the first page.'),
  })
  .describe('Request to list tenants.');
export type TenantListRequest = z.infer<typeof TenantListRequestSchema>;
export type TenantListRequestInput = z.input<typeof TenantListRequestSchema>;

export const TenantPageSchema = z
  .object({
    items: z
      .array(TenantSchema)
      .describe('List of tenants, latest first, without the tokens of their databases.'),
    nextCursor: NextCursorSchema,
  })
  .describe('Page of tenants.');
export type TenantPage = z.infer<typeof TenantPageSchema>;

export const TenantDetailsSchema = z
  .object({
    tenant: TenantSchema.describe('The tenant, without the token of its database.'),
    databaseName: NonEmpty.describe("Name of the tenant's database."),
    requestKey: z
      .string()
      .nullable()
      .describe('Idempotency key of the provisioning request; null if it had none.'),
    steps: z
      .array(ProvisioningStepSchema)
      .describe('List of the provisioning steps that have started, with the error code of a failed one.'),
  })
  .describe('Tenant with details of its provisioning.');
export type TenantDetails = z.infer<typeof TenantDetailsSchema>;

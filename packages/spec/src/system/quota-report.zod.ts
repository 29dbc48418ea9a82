import * as z from 'zod';
import { TenantPlanSchema } from './provisioning.zod.js';
import { TenantQuotaSchema, TenantUsageSchema } from './tenant-quota.zod.js';

export const QuotaReportSchema = z
  .object({
    tenantId: z.string().min(1).describe('Unique identifier of the tenant.'),
    plan: TenantPlanSchema,
    quotas: TenantQuotaSchema.describe('Effective quotas of the tenant.'),
    usage: TenantUsageSchema.describe('Current usage of the quotas.'),
  })
  .describe('Output of the commands quotas show and quotas recount: the quotas of a tenant and its usage.');
export type QuotaReport = z.infer<typeof QuotaReportSchema>;

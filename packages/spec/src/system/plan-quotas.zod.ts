import * as z from 'zod';
import { TenantQuotaSchema } from './tenant-quota.zod.js';

const quotasOf = (plan: string) =>
  z
    .strictObject(TenantQuotaSchema.shape)
    .optional()
    .describe(
      `Quotas of the plan ${plan}. Defaults to those in TENANT_PLAN_QUOTAS. A quota that is omitted in a given object is unlimited.`,
    );

export const PlanQuotasSchema = z
  .strictObject({ free: quotasOf('free'), pro: quotasOf('pro'), enterprise: quotasOf('enterprise') })
  .describe(
    'Quotas of subscription plans that replace the defaults. A quota that is absent in a plan is unlimited.',
  );
export type PlanQuotas = z.infer<typeof PlanQuotasSchema>;

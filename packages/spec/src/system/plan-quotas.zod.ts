import * as z from 'zod';
import { TenantQuotaSchema } from './tenant-quota.zod.js';

const quotasOf = (plan: string) =>
  z
    .strictObject(TenantQuotaSchema.shape)
    .optional()
    .describe(
      `Quotas of the plan ${plan}. If given, a quota that it omits is unlimited. If omitted, the quotas are those of this plan in the constant TENANT_PLAN_QUOTAS.`,
    );

export const PlanQuotasSchema = z
  .strictObject({ free: quotasOf('free'), pro: quotasOf('pro'), enterprise: quotasOf('enterprise') })
  .describe(
    'Quotas of the subscription plans, by plan. The quotas of a plan that is given replace all default quotas of that plan: a quota that is omitted there is unlimited. A plan that is omitted keeps its default quotas.',
  );
export type PlanQuotas = z.infer<typeof PlanQuotasSchema>;

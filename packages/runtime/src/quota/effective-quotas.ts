import type { TenantQuota, TenantQuotaName, TenantQuotaOverrides } from '@objectstack/spec/system';

/** The quotas of a plan, replaced by those that a tenant has of its own; null means unlimited. */
export function effectiveQuotas(ofPlan: TenantQuota, overrides: TenantQuotaOverrides): TenantQuota {
  const quotas: TenantQuota = { ...ofPlan };
  for (const [name, limit] of Object.entries(overrides) as [TenantQuotaName, number | null | undefined][]) {
    if (limit === null) delete quotas[name];
    else if (limit !== undefined) quotas[name] = limit;
  }
  return quotas;
}

import type { QuotaEnforcementResult, TenantQuotaName, TenantUsage } from '../system/tenant-quota.zod.js';

/**
 * Measures the usage of tenants and checks it against the quotas of their plans. The methods change nothing and reject
 * with `tenant_not_found`.
 */
export interface IQuotaService {
  /**
   * Returns whether the requested additional usage is within the quota. Nothing is reserved: two concurrent requests
   * may both be allowed. Rejects with `invalid_request`, with `not_supported` for a quota that is not measured yet, and
   * like the router if the tenant's database has to be queried.
   */
  checkQuota(tenantId: string, quota: TenantQuotaName, requested: number): Promise<QuotaEnforcementResult>;
  /**
   * Measures and returns the usage of the tenant; quantities that are not measured are absent. Also rejects like the
   * router.
   */
  getUsage(tenantId: string): Promise<TenantUsage>;
}

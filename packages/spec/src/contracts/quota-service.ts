import type { QuotaEnforcementResult, TenantQuotaName, TenantUsage } from '../system/tenant-quota.zod.js';

/** Knows what tenants use and what their plans allow. Both methods change nothing and reject with `tenant_not_found`. */
export interface IQuotaService {
  /**
   * Whether the tenant may use so much more now. It reserves nothing: of two callers who ask at once both may be
   * allowed. Rejects with `invalid_request`, with `not_supported` for a quota that nothing counts yet, and like the
   * router when the database of the tenant has to be asked.
   */
  checkQuota(tenantId: string, quota: TenantQuotaName, requested: number): Promise<QuotaEnforcementResult>;
  /** What the tenant uses, counted now; what nothing counts is absent. Rejects also like the router. */
  getUsage(tenantId: string): Promise<TenantUsage>;
}

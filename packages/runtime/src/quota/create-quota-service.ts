import type { IQuotaService } from '@objectstack/spec/contracts';
import { checkQuota } from './check-quota.js';
import { countUsage, type QuotaContext } from './count-usage.js';

/** Quota service that counts in the registry and in the tenant's database at every call. */
export function createQuotaService(context: QuotaContext): IQuotaService {
  return {
    checkQuota: (tenantId, quota, requested) => checkQuota(context, tenantId, { quota, requested }),
    getUsage: (tenantId) => countUsage(context, tenantId),
  };
}

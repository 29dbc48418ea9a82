import type { IQuotaService } from '@objectstack/spec/contracts';
import type { TenantUsage } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import { checkQuota } from './check-quota.js';
import { countBytes, countDeployments, countRecords, type QuotaContext } from './count-usage.js';

async function getUsage(context: QuotaContext, tenantId: string): Promise<TenantUsage> {
  const record = await findTenant(context.registry, tenantId);
  const recordsPerObject = await countRecords(context, tenantId);
  return {
    objects: Object.keys(recordsPerObject).length,
    recordsPerObject,
    deploymentsToday: await countDeployments(context, tenantId),
    storageBytes: await countBytes(context, record),
    measuredAt: context.clock.now().toISOString(),
  };
}

/** Counts in the registry and the tenant's own database, at every call. */
export function createQuotaService(context: QuotaContext): IQuotaService {
  return {
    checkQuota: (tenantId, quota, requested) => checkQuota(context, tenantId, { quota, requested }),
    getUsage: (tenantId) => getUsage(context, tenantId),
  };
}

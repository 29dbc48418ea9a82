import type { TenantRecord } from '@objectstack/spec/contracts';
import type { Tenant } from '@objectstack/spec/system';

/** Sealed tokens are of no use to a caller, so they stay in the registry. */
export function withoutToken({ tenant }: Pick<TenantRecord, 'tenant'>): Tenant {
  if (!tenant.connectionConfig) return tenant;
  const { authToken: _, ...connectionConfig } = tenant.connectionConfig;
  return { ...tenant, connectionConfig };
}

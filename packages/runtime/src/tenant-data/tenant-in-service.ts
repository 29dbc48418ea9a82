import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';

export const IN_SERVICE = ['active', 'suspended'] as const satisfies TenantProvisioningStatus[];

/** Finds an active or suspended tenant by an unvalidated id. */
export async function tenantInService(registry: ITenantRegistry, tenantId: unknown): Promise<TenantRecord> {
  const record = await findTenant(registry, tenantId);
  const { provisioningStatus: status } = record.tenant;
  if (IN_SERVICE.some((allowed) => allowed === status)) return record;
  throw new ObjectStackError({
    code: 'invalid_state',
    message: `The tenant is ${status}; it must be active or suspended.`,
    details: { status, allowed: IN_SERVICE },
  });
}

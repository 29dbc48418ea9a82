import type { TenantProvisioningStatus } from '@objectstack/spec/system';

/**
 * Permitted transitions of the stored status of a tenant. Every change checks this table in its statement. No
 * transition leaves `destroying` except a recovery, so that a late call cannot restore a tenant.
 */
export const TENANT_STATUS_TRANSITIONS = {
  provisioning: ['provisioning', 'active', 'failed', 'destroying'],
  active: ['active', 'suspended', 'destroying'],
  suspended: ['active', 'suspended', 'destroying'],
  failed: ['provisioning', 'destroying'],
  destroying: [],
} as const satisfies Record<TenantProvisioningStatus, readonly TenantProvisioningStatus[]>;

/** Statuses to which a tenant returns when it is recovered before its data is deleted. */
const RECOVERED: readonly TenantProvisioningStatus[] = ['active', 'suspended', 'failed'];

/** Stored statuses that may change to the given status. `isRecovery`: also `destroying`, whose deadline is checked. */
export function tenantStatusesBefore(
  next: TenantProvisioningStatus,
  isRecovery = false,
): TenantProvisioningStatus[] {
  if (isRecovery) return RECOVERED.includes(next) ? ['destroying'] : [];
  const all = Object.entries(TENANT_STATUS_TRANSITIONS) as [
    TenantProvisioningStatus,
    readonly TenantProvisioningStatus[],
  ][];
  return all.flatMap(([status, following]) => (following.includes(next) ? [status] : []));
}

import type { TenantProvisioningStatus } from '@objectstack/spec/system';

/**
 * Permitted transitions of the stored status of a tenant. Every change checks this table in its statement. No
 * transition leaves `destroying`, so that a late call cannot restore a tenant.
 */
export const TENANT_STATUS_TRANSITIONS = {
  provisioning: ['provisioning', 'active', 'failed', 'destroying'],
  active: ['active', 'suspended', 'destroying'],
  suspended: ['active', 'suspended', 'destroying'],
  failed: ['provisioning', 'destroying'],
  destroying: [],
} as const satisfies Record<TenantProvisioningStatus, readonly TenantProvisioningStatus[]>;

/** Stored statuses that may change to the given status. */
export function tenantStatusesBefore(next: TenantProvisioningStatus): TenantProvisioningStatus[] {
  const all = Object.entries(TENANT_STATUS_TRANSITIONS) as [
    TenantProvisioningStatus,
    readonly TenantProvisioningStatus[],
  ][];
  return all.flatMap(([status, following]) => (following.includes(next) ? [status] : []));
}

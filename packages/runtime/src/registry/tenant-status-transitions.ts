import type { TenantProvisioningStatus } from '@objectstack/spec/system';

/**
 * The statuses to which the stored status of a tenant may change; every change is checked against this table in the
 * statement that makes it. Nothing leads out of `destroying`, so that a call that is late cannot bring a tenant back.
 */
export const TENANT_STATUS_TRANSITIONS = {
  provisioning: ['provisioning', 'active', 'failed', 'destroying'],
  active: ['active', 'suspended', 'destroying'],
  suspended: ['active', 'suspended', 'destroying'],
  failed: ['provisioning', 'destroying'],
  destroying: [],
} as const satisfies Record<TenantProvisioningStatus, readonly TenantProvisioningStatus[]>;

/** The stored statuses that may change to a status. */
export function tenantStatusesBefore(next: TenantProvisioningStatus): TenantProvisioningStatus[] {
  const all = Object.entries(TENANT_STATUS_TRANSITIONS) as [
    TenantProvisioningStatus,
    readonly TenantProvisioningStatus[],
  ][];
  return all.flatMap(([status, following]) => (following.includes(next) ? [status] : []));
}

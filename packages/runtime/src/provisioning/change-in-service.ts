import type { TenantChange } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import type { ProvisioningContext } from './provisioning-context.js';

const IN_SERVICE = ['active', 'suspended'] as const satisfies TenantProvisioningStatus[];

/** Changes an active or suspended tenant, and applies the change to this process immediately. */
export async function changeInService(
  context: ProvisioningContext,
  tenantId: string,
  { change, signal }: { change: TenantChange; signal: AbortSignal | undefined },
): Promise<void> {
  await findTenant(context.registry, tenantId);
  throwIfAborted(signal);
  const { record, changed } = await context.registry.updateTenant(tenantId, IN_SERVICE, change);
  context.router.invalidateCache(tenantId);
  if (changed) return;
  const status = record.tenant.provisioningStatus;
  throw new ObjectStackError({
    code: 'invalid_state',
    message: `The tenant is ${status}; it must be active or suspended.`,
    details: { status, allowed: IN_SERVICE },
  });
}

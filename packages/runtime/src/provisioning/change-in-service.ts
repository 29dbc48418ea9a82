import type { CallOptions, TenantChange, TenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import type { ProvisioningContext } from './provisioning-context.js';

const IN_SERVICE = ['active', 'suspended'] as const satisfies TenantProvisioningStatus[];

/** Changes an active or suspended tenant, applies the change to this process immediately, and returns the tenant. */
export async function changeInService(
  context: ProvisioningContext,
  tenantId: string,
  { change, options }: { change: TenantChange; options: CallOptions },
): Promise<TenantRecord> {
  await findTenant(context.registry, tenantId);
  throwIfAborted(options.signal);
  const { record, changed } = await context.registry.updateTenant(
    tenantId,
    IN_SERVICE,
    change,
    originOf(context, options),
  );
  context.router.invalidateCache(tenantId);
  if (changed) return record;
  const status = record.tenant.provisioningStatus;
  throw new ObjectStackError({
    code: 'invalid_state',
    message: `The tenant is ${status}; it must be active or suspended.`,
    details: { status, allowed: IN_SERVICE },
  });
}

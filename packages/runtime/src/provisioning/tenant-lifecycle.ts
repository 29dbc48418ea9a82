import type { CallOptions, TenantChange } from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import { instantIn, type ProvisioningContext } from './provisioning-context.js';
import { removeDatabase } from './remove-database.js';

const IN_SERVICE = ['active', 'suspended'] as const satisfies TenantProvisioningStatus[];
const NOT_DESTROYING = [
  'provisioning',
  'active',
  'suspended',
  'failed',
] as const satisfies TenantProvisioningStatus[];

/** Changes a tenant that is active or suspended, and makes the change known to this process at once. */
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
    message: `The tenant is ${status}.`,
    details: { status, allowed: IN_SERVICE },
  });
}

/** A second call keeps the first one's deadline and finishes what it left undone. */
export async function destroyTenant(
  context: ProvisioningContext,
  tenantId: string,
  { signal }: CallOptions,
): Promise<void> {
  await findTenant(context.registry, tenantId);
  throwIfAborted(signal);
  const purgeAt = instantIn(context, context.destroyGraceMs);
  const { record } = await context.registry.updateTenant(tenantId, NOT_DESTROYING, {
    provisioningStatus: 'destroying',
    purgeAt,
    deadlineAt: purgeAt,
  });
  context.router.invalidateCache(tenantId);
  throwIfAborted(signal);
  await removeDatabase(context, record);
}

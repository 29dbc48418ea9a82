import type { CallOptions } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import { originOf } from '../shared/origin-of.js';
import { takeOutOfService } from './delete-permanently.js';
import { instantIn, type ProvisioningContext } from './provisioning-context.js';
import { PURGE_BEGUN, purgeTenant } from './purge-tenant.js';

const NOT_DESTROYING = [
  'provisioning',
  'active',
  'suspended',
  'failed',
] as const satisfies TenantProvisioningStatus[];

/**
 * Destroys a tenant. A repeated call keeps the first deadline and completes what the first one left undone. Without a grace
 * period, the data is deleted before the call returns.
 */
export async function destroyTenant(
  context: ProvisioningContext,
  tenantId: string,
  options: CallOptions,
): Promise<void> {
  const { signal } = options;
  const { immediate } = context.lifecycle.onTenantDelete;
  await findTenant(context.registry, tenantId);
  throwIfAborted(signal);
  const purgeAt = instantIn(context, immediate ? 0 : context.destroyGraceMs);
  const deadlineAt = immediate ? PURGE_BEGUN : purgeAt;
  const { record } = await context.registry.updateTenant(
    tenantId,
    NOT_DESTROYING,
    { provisioningStatus: 'destroying', purgeAt, deadlineAt },
    originOf(context, options),
  );
  context.router.invalidateCache(tenantId);
  throwIfAborted(signal);
  await takeOutOfService(context, record);
  if (record.deadlineAt === PURGE_BEGUN) await purgeTenant(context, record);
}

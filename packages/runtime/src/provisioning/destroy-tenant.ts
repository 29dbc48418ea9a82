import type { CallOptions } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import type { TenantProvisioningStatus } from '@objectstack/spec/system';
import { findTenant } from '../shared/find-tenant.js';
import { instantIn, type ProvisioningContext } from './provisioning-context.js';
import { removeDatabase } from './remove-database.js';

const NOT_DESTROYING = [
  'provisioning',
  'active',
  'suspended',
  'failed',
] as const satisfies TenantProvisioningStatus[];

/** Destroys a tenant. A repeated call keeps the first deadline and completes what the first one left undone. */
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

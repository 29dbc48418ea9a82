import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

/** The same error whether the tenant is unknown, destroyed or owned by another organization. */
export function tenantNotFound(): ObjectStackError {
  return new ObjectStackError({
    code: 'tenant_not_found',
    message:
      'No tenant has this tenantId, slug or host name. Pass the tenantId that provisionTenant returned, or one that tenants.list lists.',
  });
}

/** Finds the tenant by an unvalidated id, also a destroyed one. */
export async function findTenantOrDestroyed(
  registry: ITenantRegistry,
  tenantId: unknown,
): Promise<TenantRecord> {
  if (typeof tenantId !== 'string' || tenantId === '' || !isStorableText(tenantId)) throw tenantNotFound();
  const record = await registry.getTenant(tenantId);
  if (!record) throw tenantNotFound();
  return record;
}

/** Finds the tenant by an unvalidated id. Destroyed tenants are not found. */
export async function findTenant(registry: ITenantRegistry, tenantId: unknown): Promise<TenantRecord> {
  const record = await findTenantOrDestroyed(registry, tenantId);
  if (record.destroyedAt !== null) throw tenantNotFound();
  return record;
}

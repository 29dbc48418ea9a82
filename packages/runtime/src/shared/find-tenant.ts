import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

/** The same whether the tenant is unknown, gone or somebody else's. */
export function tenantNotFound(): ObjectStackError {
  return new ObjectStackError({ code: 'tenant_not_found', message: 'There is no such tenant.' });
}

/** The tenant that a caller names by whatever was handed in; a destroyed one is not found. */
export async function findTenant(registry: ITenantRegistry, tenantId: unknown): Promise<TenantRecord> {
  if (typeof tenantId !== 'string' || tenantId === '' || !isStorableText(tenantId)) throw tenantNotFound();
  const record = await registry.getTenant(tenantId);
  if (!record || record.destroyedAt !== null) throw tenantNotFound();
  return record;
}

import type { ITenantRegistry, TenantRecord } from '@objectstack/spec/contracts';

/**
 * The registry for the duration of one operation, which reads each tenant at most once: several parts of an operation ask for
 * the quotas of its tenant. A failed read is repeated.
 */
export function readingTenantsOnce(registry: ITenantRegistry): ITenantRegistry {
  const known = new Map<string, Promise<TenantRecord | null>>();
  const getTenant: ITenantRegistry['getTenant'] = (tenantId) => {
    const found = known.get(tenantId) ?? registry.getTenant(tenantId);
    known.set(tenantId, found);
    found.catch(() => known.delete(tenantId));
    return found;
  };
  // Not a proxy of the registry itself, which may be frozen.
  return new Proxy({} as ITenantRegistry, {
    get(_, key) {
      if (key === 'getTenant') return getTenant;
      const member: unknown = Reflect.get(registry, key, registry);
      return typeof member === 'function' ? member.bind(registry) : member;
    },
  });
}

import type { ITenantRegistry, ResolveTenantOptions } from '@objectstack/spec/contracts';
import { describe, expect, it } from 'vitest';
import { activeTenant, type ControlPlane, openControlPlane, TTL_MS } from '../../test/control-plane.js';
import { createTenantService } from '../tenant/create-tenant-service.js';
import { createTenantRouter } from './tenant-router.js';

const KERNEL = { instanceId: '', mode: 'test', version: '0', startTime: 0, features: {} } as const;
const SESSION = {
  id: 'session',
  userId: 'ada',
  activeOrganizationId: 'acme',
  expiresAt: '2999-01-01T00:00:00.000Z',
};

const request = (url: string, headers: Record<string, string> = {}) => ({ request: { url, headers } });

/** Every part of a request, with the name that selects by it. */
const SELECTORS: Record<string, (name: string, hostname: string) => ResolveTenantOptions> = {
  tenantId: (name) => ({ tenantId: name || 'none' }),
  header: (name) => request('/', { 'x-tenant-id': name }),
  subdomain: (name) => request('/', { host: `${name}.example.com` }),
  path: (name) => request(`/t/${name}/orders`),
  token: (name) => ({ ...request('/'), claims: { tenant_id: name } }),
  lookup: (_name, hostname) => request('/', { host: hostname }),
};

/** A registry that records its calls, and a router on it. */
function recordingRouter({ registry, dataPlane, clock }: ControlPlane) {
  const calls: string[] = [];
  const recorded: ITenantRegistry = Object.create(registry);
  for (const name of ['getTenant', 'listTenants', 'selectTenants'] as const)
    Object.defineProperty(recorded, name, {
      value: (...args: never[]) => {
        calls.push(name);
        return (registry[name] as (...args: never[]) => unknown)(...args);
      },
    });
  const router = createTenantRouter({
    registry: recorded,
    dataPlane,
    kernel: KERNEL,
    clock,
    ttlMs: TTL_MS,
    tenantResolver: {
      strategies: ['header', 'subdomain', 'path', 'token', 'lookup'],
      baseDomain: 'example.com',
    },
  });
  return { router, calls };
}

/** Tenants in each situation, with their ids, slugs and host names. */
async function situations() {
  const plane = await openControlPlane();
  const { router, calls } = recordingRouter(plane);
  const tenants = createTenantService({ ...plane, router, slugReservationMs: 0 });
  const add = async (situation: string, organization = 'acme') => {
    const id = await activeTenant(plane, organization);
    await tenants.setSlug(id, situation);
    await tenants.setHostnames(id, [`${situation}.example`]);
    return id;
  };
  const ids = {
    own: await add('own'),
    second: await add('second'),
    suspended: await add('suspended'),
    destroyed: await add('destroyed'),
    foreign: await add('foreign', 'globex'),
  };
  await plane.provisioning.suspendTenant(ids.suspended);
  await plane.provisioning.destroyTenant(ids.destroyed);
  router.invalidateCache(ids.destroyed);
  calls.length = 0;
  return { router, calls, ids };
}

/** The tenant, or the body of the rejection. */
const outcomeOf = (work: Promise<{ tenantId: string }>) =>
  work.then(
    ({ tenantId }) => tenantId,
    (error) => JSON.stringify(error.toProblemDetails()),
  );

describe.each(Object.entries(SELECTORS))('a selection by %s', (strategy, options) => {
  it('has the same outcome and reads the same for tenants that are foreign, destroyed, unknown or malformed', async () => {
    const { router, calls, ids } = await situations();
    const names: [string, string][] = [
      ['foreign', 'foreign.example'],
      [ids.foreign, 'foreign.example'],
      ['destroyed', 'destroyed.example'],
      [ids.destroyed, 'destroyed.example'],
      ['unknown', 'unknown.example'],
      ['', ''],
      ['{tenant}', 'a b'],
      ['%252e', '..'],
    ];
    const seen = new Set<string>();
    for (const [name, hostname] of names) {
      router.invalidateCache('any');
      calls.length = 0;
      const outcome = await outcomeOf(router.resolveTenant(SESSION, options(name, hostname)));
      seen.add(`${outcome} ${calls}`);
    }
    expect([...seen]).toEqual([expect.stringMatching(/"code":"tenant_not_found".* selectTenants$/)]);
  });

  it('selects own tenants, and refuses one that is suspended', async () => {
    const { router, ids } = await situations();
    const by = (situation: 'own' | 'second' | 'suspended') => {
      const name = strategy === 'tenantId' ? ids[situation] : situation;
      return outcomeOf(router.resolveTenant(SESSION, options(name, `${situation}.example`)));
    };
    expect([await by('own'), await by('second')]).toEqual([ids.own, ids.second]);
    expect(await by('suspended')).toContain('"code":"tenant_suspended"');
  });
});

describe('the cache of selections', () => {
  it('reads the registry once for concurrent and repeated requests', async () => {
    const { router, calls, ids } = await situations();
    const resolve = () => router.resolveTenant(SESSION, { tenantId: ids.own });
    await Promise.all(Array.from({ length: 20 }, resolve));
    await resolve();
    expect(calls).toEqual(['selectTenants']);
  });

  it('reads a tenant again that was invalidated after it was selected', async () => {
    const plane = await openControlPlane();
    const tenantId = await activeTenant(plane);
    const registry: ITenantRegistry = Object.create(plane.registry);
    const router = createTenantRouter({ ...plane, registry, kernel: KERNEL });
    registry.selectTenants = async (...selection) => {
      const records = await plane.registry.selectTenants(...selection);
      await plane.registry.updateTenant(tenantId, ['active'], { provisioningStatus: 'suspended' });
      router.invalidateCache(tenantId);
      return records;
    };
    const resolved = router.resolveTenant(SESSION, { tenantId });
    await expect(resolved).rejects.toMatchObject({ code: 'tenant_suspended' });
  });

  it('reads a tenant again that was invalidated while its selection was admitted', async () => {
    const plane = await openControlPlane();
    const tenantId = await activeTenant(plane);
    const dataPlane = Object.create(plane.dataPlane) as typeof plane.dataPlane;
    const router = createTenantRouter({ ...plane, dataPlane, kernel: KERNEL });
    dataPlane.createDriver = (...created) => {
      const driver = plane.dataPlane.createDriver(...created);
      const connect = driver.connect.bind(driver);
      driver.connect = async () => {
        await connect();
        await plane.registry.updateTenant(tenantId, ['active'], { provisioningStatus: 'suspended' });
        router.invalidateCache(tenantId);
      };
      return driver;
    };
    const refused = { code: 'tenant_suspended' };
    await expect(router.resolveTenant(SESSION, { tenantId })).rejects.toMatchObject(refused);
    await expect(router.getTenantClient(tenantId)).rejects.toMatchObject(refused);
  });

  it('rejects more selectors than a tenant can have without reading the registry', async () => {
    const { router, calls } = await situations();
    const many = Array.from({ length: 50 }, (_, index) => `t${index}`).join();
    const work = router.resolveTenant(SESSION, request('/', { 'x-tenant-id': many }));
    await expect(work).rejects.toMatchObject({ code: 'tenant_selector_conflict' });
    expect(calls).toEqual([]);
  });

  it('verifies the organization of the tenant whose id was cached', async () => {
    const { router, ids } = await situations();
    const selectors = [{ kind: 'id' as const, value: ids.own }];
    expect((await router.resolveTenant(SESSION, { selectors })).tenantId).toBe(ids.own);
    const elsewhere = { ...SESSION, activeOrganizationId: 'globex' };
    await expect(router.resolveTenant(elsewhere, { selectors })).rejects.toMatchObject({
      code: 'tenant_not_found',
    });
  });
});

describe('the strategy of the data plane', () => {
  it('is used unless the router has its own, and is required to be complete', async () => {
    const plane = await openControlPlane();
    const [first, second] = [await activeTenant(plane), await activeTenant(plane)];
    const routerOn = (strategy?: 'path' | 'subdomain', tenantResolver?: { strategies: 'token'[] }) => {
      const dataPlane = Object.create(plane.dataPlane, { tenantResolverStrategy: { value: strategy } });
      return createTenantRouter({ ...plane, dataPlane, kernel: KERNEL, tenantResolver });
    };
    const options = { ...request(`/t/${first}`), claims: { tenant_id: second } };
    expect((await routerOn('path').resolveTenant(SESSION, options)).tenantId).toBe(first);
    expect((await routerOn().resolveTenant(SESSION, options)).tenantId).toBe(second);
    const own = routerOn('path', { strategies: ['token'] });
    expect((await own.resolveTenant(SESSION, options)).tenantId).toBe(second);
    expect(() => routerOn('subdomain')).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
  });
});

import { isSampled } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { CallFaults, type FaultWay } from '../../test/tenant-data-faults.js';
import {
  type FaultTenant,
  openFaultTenant,
  TENANT_DATA_VERBS,
  tenantDataOn,
} from '../../test/tenant-data-verbs.js';

const WAYS: readonly FaultWay[] = ['before', 'after', 'exit'];
const EVERY = 6;
/** Of the calls, one in so many is enough: neighbors have the same effects before them. */
const STEP = 3;
const STALE_MS = 16 * 60_000;

/** After two sweeps, there are exactly the databases of tenants and of backups, and all tenants can be used. */
async function expectHealed(tenant: FaultTenant, what: string): Promise<void> {
  const { registry, dataPlane, provisioning, router, clock, tenantId } = tenant;
  const service = tenantDataOn(tenant);
  for (let sweep = 0; sweep < 2; sweep++) {
    clock.advance(STALE_MS);
    expect((await service.sweep()).problems, what).toEqual([]);
  }
  expect((await provisioning.sweep()).problems, what).toEqual([]);
  const copies = await registry.listTenantCopies({});
  const tenants = (await registry.listAllTenants()).filter(({ destroyedAt }) => destroyedAt === null);
  const names = [...copies, ...tenants].map(({ databaseName }) => databaseName);
  const existing = (await dataPlane.platform.listDatabases()).map(({ name }) => name);
  expect(existing, what).toEqual(names.toSorted());
  expect(
    copies.every(({ status }) => status === 'ready'),
    what,
  ).toBe(true);
  for (const { tenant: one } of tenants) {
    router.invalidateCache(one.id);
    const driver = await router.getTenantClient(one.id);
    expect(await driver.count('ticket'), what).toBe(1);
    const written = await driver.create('customer', { name: 'Written' });
    await driver.delete('customer', written.id);
  }
  expect(await provisioning.inspectTenants(), what).toEqual([]);
  const replaced = copies.filter(({ kind, id }) => kind !== 'staging' && id !== tenant.backupId);
  for (const { id } of replaced) await service.deleteBackup(tenantId, id);
}

describe('a verb of tenant data with a fault at any call', () => {
  it.each(Object.entries(TENANT_DATA_VERBS))(
    '%s takes effect completely or not at all',
    async (name, verb) => {
      const tenant = await openFaultTenant();
      const counted = new CallFaults();
      await verb.call(tenantDataOn(tenant, counted), tenant, 'counted');
      await expectHealed(tenant, `${name} without a fault`);
      expect(counted.calls).toBeGreaterThan(5);
      const cases = WAYS.flatMap((way) =>
        Array.from({ length: counted.calls }, (_, index) => ({ way, nth: index + 1 })),
      ).filter((_, index) => index % STEP === 0 && isSampled(index / STEP, EVERY));
      for (const { way, nth } of cases) {
        const what = `${name}, call ${nth} ${way}`;
        const requestKey = `${way}-${nth}`;
        await verb
          .call(tenantDataOn(tenant, new CallFaults(nth, way)), tenant, requestKey)
          .catch(() => undefined);
        await expectHealed(tenant, what);
        if (!verb.creates) continue;
        const before = (await tenant.registry.findByRequestKey('acme', requestKey))?.tenant.id;
        await verb.call(tenantDataOn(tenant), tenant, requestKey);
        const after = (await tenant.registry.findByRequestKey('acme', requestKey))?.tenant.id ?? '';
        if (before !== undefined) expect(after, what).toBe(before);
        await tenant.provisioning.destroyTenant(after);
        tenant.clock.advance(100 * 86_400_000);
        await tenant.provisioning.sweep();
      }
    },
  );
});

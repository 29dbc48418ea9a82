import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it, vi } from 'vitest';
import { atBoundary, type Faults, failOnce } from '../../test/fault-plane.js';
import { openPoolPlane, untilReady } from '../../test/pool-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { POOL_STALE_MS } from './pool-context.js';

const POOL = { size: 2 } as const;
const BUNDLE = bundleOf({ objects: [objectOf('account', { name: { type: 'text' } })] });
const NO_EFFECT = () => undefined;

/** Counts the calls of the platform and of the registry that change something. */
function counting() {
  const effects: string[] = [];
  const faults: Faults = { before: (effect) => void effects.push(effect), after: NO_EFFECT };
  return { effects, faults };
}

describe('a pool of prepared databases', () => {
  it('gives a registration a database without any further effect, and is refilled', async () => {
    const { effects, faults } = counting();
    const plane = await openPoolPlane({ pool: POOL, faults });
    plane.provisioning.fillPool();
    await untilReady(plane, 2);
    const prepared = (await plane.registry.listPooledDatabases()).map(({ tenantId }) => tenantId);
    expect(await plane.provisioning.inspectTenants()).toEqual([]);
    effects.length = 0;
    const result = await plane.provisioning.provisionTenant({ orgId: 'acme', displayName: 'Acme' });
    expect(effects.filter((effect) => effect !== 'createDatabase' && effect !== 'claimDatabase')).toEqual([]);
    expect(result).toMatchObject({ status: 'active', connectionUrl: `file:tenants/t-${result.tenantId}.db` });
    expect(prepared).toContain(result.tenantId);
    expect(result.steps.map(({ name, status }) => [name, status])).toEqual([
      ['create_database', 'completed'],
      ['await_database', 'completed'],
      ['claim_database', 'completed'],
      ['activate', 'completed'],
    ]);
    const driver = await plane.router.getTenantClient(result.tenantId);
    expect(await driver.find('_os_tenant', {}, { system: true })).toMatchObject([{ id: result.tenantId }]);
    await untilReady(plane, 2);
    expect(await plane.provisioning.inspectTenants()).toEqual([]);
    await plane.provisioning.stop();
  });

  it('answers a registration before it is filled again', async () => {
    const plane = await openPoolPlane({ pool: POOL });
    plane.provisioning.fillPool();
    await untilReady(plane, 2);
    const fills = vi.spyOn(plane.registry, 'takeWorkLease');
    await plane.provisioning.provisionTenant({ orgId: 'acme' });
    expect(fills).not.toHaveBeenCalled();
    // What fills the pool at first may replace the database too, before it ends.
    await vi.waitFor(() => expect(fills).toHaveBeenCalled());
    await untilReady(plane, 2);
    await plane.provisioning.stop();
  });

  it('gives each of parallel registrations another database, and creates those that it lacks', async () => {
    const plane = await openPoolPlane({ pool: POOL });
    plane.provisioning.fillPool();
    await untilReady(plane, 2);
    const calls = Array.from({ length: 6 }, (_, n) =>
      plane.provisioning.provisionTenant({ orgId: 'acme', requestKey: `k${n % 5}` }),
    );
    const results = await Promise.all(calls);
    expect(results.map(({ status }) => status)).toEqual(calls.map(() => 'active'));
    expect(new Set(results.map(({ tenantId }) => tenantId)).size).toBe(5);
    await plane.provisioning.stop();
    expect(await plane.registry.listPooledDatabases()).toEqual([]);
    expect(await plane.dataPlane.platform.listDatabases()).toHaveLength(5);
  });

  it('prepares copies of a template, whose tenants have its deployment, and keeps the rest of the request', async () => {
    const plane = await openPoolPlane({ pool: { size: 1, template: 'crm' }, templates: { crm: BUNDLE } });
    plane.provisioning.fillPool();
    await untilReady(plane, 1);
    const empty = await plane.provisioning.provisionTenant({ orgId: 'acme' });
    expect(await plane.registry.listDeployments(empty.tenantId)).toEqual([]);
    const request = { orgId: 'acme', templateName: 'crm', plan: 'pro', requestKey: 'signup' } as const;
    const { tenantId, plan } = await plane.provisioning.provisionTenant(request);
    expect(plan).toBe('pro');
    const driver = await plane.router.getTenantClient(tenantId);
    await driver.create('account', { name: 'first' });
    expect(await plane.registry.listDeployments(tenantId)).toMatchObject([{ status: 'ready', tenantId }]);
    expect((await plane.provisioning.provisionTenant(request)).tenantId).toBe(tenantId);
    expect(await plane.provisioning.inspectTenants()).toEqual([]);
    await plane.provisioning.stop();
  });

  it('serves requests of the same region only', async () => {
    const plane = await openPoolPlane({ pool: { size: 1, region: 'eu-west' } });
    plane.provisioning.fillPool();
    await untilReady(plane, 1);
    const [entry] = await plane.registry.listPooledDatabases();
    const other = await plane.provisioning.provisionTenant({ orgId: 'acme' });
    expect(other.tenantId).not.toBe(entry?.tenantId);
    const own = await plane.provisioning.provisionTenant({ orgId: 'acme', region: 'eu-west' });
    expect(own).toMatchObject({ tenantId: entry?.tenantId, region: 'eu-west' });
    await plane.provisioning.stop();
  });

  it('removes what a failed preparation has left, and fills the pool at the next occasion', async () => {
    const busy = new ObjectStackError({ code: 'database_busy', message: 'Held.' });
    const plane = await openPoolPlane({ pool: { size: 1 }, faults: failOnce('claimDatabase', busy) });
    const swept = await plane.provisioning.sweep();
    expect(swept.problems).toEqual([]);
    for (let left = 1; left > 0; ) left = (await plane.registry.listPooledDatabases()).length - 1;
    for (;;) {
      await plane.provisioning.sweep();
      const [entry] = await plane.registry.listPooledDatabases();
      if (entry?.status === 'ready') break;
    }
    expect(await plane.dataPlane.platform.listDatabases()).toHaveLength(1);
    await plane.provisioning.stop();
    expect(await plane.dataPlane.platform.listDatabases()).toEqual([]);
  });

  it('leaves nothing of a process that ended at any boundary, once its databases are stale', async () => {
    let isReached = true;
    for (let boundary = 0; isReached; boundary++) {
      isReached = false;
      let isOver = false;
      const gone = () => {
        if (isOver) throw new ObjectStackError({ code: 'internal', message: 'The process has ended.' });
      };
      const faults = atBoundary(boundary, () => {
        isReached = true;
        isOver = true;
      });
      const until = (pass: (effect: string) => void | Promise<void>) => (effect: string) => {
        gone();
        pass(effect);
        gone();
      };
      const dying: Faults = { before: until(faults.before), after: until(faults.after) };
      const first = await openPoolPlane({ pool: { size: 1 }, faults: dying });
      first.provisioning.fillPool();
      await first.provisioning.stop();
      const { dir, clock } = first;
      clock.advance(POOL_STALE_MS + 1);
      const second = await openPoolPlane({ dir, clock });
      await second.provisioning.sweep();
      clock.advance(POOL_STALE_MS + 1);
      expect((await second.provisioning.sweep()).problems).toEqual([]);
      expect(await second.registry.listPooledDatabases()).toEqual([]);
      expect(await second.dataPlane.platform.listDatabases()).toEqual([]);
      expect(await second.provisioning.inspectTenants()).toEqual([]);
    }
  });

  it('is taken over from a process that ended, except databases that are damaged', async () => {
    const first = await openPoolPlane({ pool: POOL });
    first.provisioning.fillPool();
    await untilReady(first, 2);
    const { dir, clock } = first;
    const [damaged, intact] = await first.registry.listPooledDatabases();
    await first.dataPlane.platform.deleteDatabase(damaged?.databaseName ?? '');
    await first.dataPlane.platform.purgeDatabase(damaged?.databaseName ?? '');
    const second = await openPoolPlane({ dir, clock, pool: POOL });
    expect((await second.provisioning.sweep()).removedFromPool).toEqual([]);
    clock.advance(POOL_STALE_MS + 1);
    expect((await second.provisioning.sweep()).removedFromPool).toEqual([damaged?.databaseName]);
    await untilReady(second, 2);
    const entries = await second.registry.listPooledDatabases();
    expect(entries.map(({ databaseName }) => databaseName)).toContain(intact?.databaseName);
    expect(new Set(entries.map(({ owner }) => owner)).size).toBe(1);
    await second.provisioning.stop();
    expect(await second.dataPlane.platform.listDatabases()).toEqual([]);
  });

  it('is of another process as long as that one uses it, whatever its template', async () => {
    const first = await openPoolPlane({ pool: { size: 1, region: 'us-west' } });
    first.provisioning.fillPool();
    await untilReady(first, 1);
    const { dir, clock } = first;
    const second = await openPoolPlane({ dir, clock, pool: { size: 1 } });
    clock.advance(POOL_STALE_MS);
    await first.provisioning.sweep();
    clock.advance(POOL_STALE_MS);
    expect((await second.provisioning.sweep()).removedFromPool).toEqual([]);
    await untilReady(second, 2);
    await second.provisioning.stop();
    await untilReady(first, 1);
    await first.provisioning.stop();
  });
});

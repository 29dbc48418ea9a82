import { setTimeout as delay } from 'node:timers/promises';
import type { IDataDriver, ITenantRegistry } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openFleet, V1, V2 } from '../../test/fleet-plane.js';
import { createFleetService } from '../fleet/create-fleet-service.js';

const SLOW_MS = 1_000;

/** A fleet service on a plane whose calls of drivers are counted by tenant. */
async function countedFleet(tenants: number) {
  const plane = await openFleet(tenants);
  const calls = new Map<string, string[]>();
  /** Tenants whose transactions take long. */
  const slow = new Set<string>();
  const counted = (tenantId: string, driver: IDataDriver): IDataDriver =>
    new Proxy(driver, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          calls.set(tenantId, [...(calls.get(tenantId) ?? []), String(key)]);
          if (key === 'executeAtomic' && slow.has(tenantId))
            return delay(SLOW_MS).then(() => member.apply(target, args));
          return member.apply(target, args);
        };
      },
    });
  const router = {
    ...plane.router,
    getTenantClient: async (id: string) => counted(id, await plane.router.getTenantClient(id)),
  };
  /** Whether the registry refuses to record failed deployments. */
  const faults = { refusesFailures: false };
  const saveDeployment: ITenantRegistry['saveDeployment'] = async (record, ...rest) => {
    if (faults.refusesFailures && record.status === 'failed')
      throw new ObjectStackError({ code: 'database_unreachable', message: 'No.' });
    return plane.registry.saveDeployment(record, ...rest);
  };
  const registry: ITenantRegistry = Object.assign(Object.create(plane.registry), { saveDeployment });
  const service = { ...plane, registry, router, environment: 'prod', runtimeVersion: '1.2.3' } as const;
  const fleet = createFleetService(service);
  onTestFinished(() => fleet.stop());
  await fleet.createRelease(V2, { name: '2' });
  const { rolloutId } = await fleet.planRollout('2');
  calls.clear();
  const schemaOf = async (id: string) =>
    plane.dataPlane.schemaDiff.introspect(await plane.router.getTenantClient(id));
  return { ...plane, fleet, rolloutId, calls, slow, faults, schemaOf };
}

/** The first release with another label, so that the schema has another hash. */
const LABELED = {
  ...V1,
  manifest: { ...V1.manifest, version: '1.1.0' },
  objects: V1.objects?.map((object) => ({ ...object, label: 'Customer' })) ?? [],
};

const STRATEGY = { concurrency: 1 } as const;

describe('executeKnownPlan', () => {
  it('deploys to further tenants with the same schema in one transaction each', async () => {
    const { fleet, rolloutId, tenantIds, calls, deployments, registry } = await countedFleet(4);
    await fleet.startRollout(rolloutId, STRATEGY);
    expect((await fleet.waitForRollout(rolloutId)).progress.states).toEqual({ deployed: 4 });
    // The plan is made for the first tenant; its result is proven in the second one, or was in an earlier test of this process.
    const single = tenantIds.map((id) => calls.get(id)).filter((names) => names?.length === 1);
    expect(single.length).toBeGreaterThanOrEqual(2);
    expect(new Set(single.flat())).toEqual(new Set(['executeAtomic']));
    for (const tenantId of tenantIds) {
      const latest = await deployments.latest(tenantId);
      expect(latest).toMatchObject({ status: 'ready', bundleVersion: '2.0.0' });
      const stored = await registry.getDeployment(tenantId, latest?.id ?? '');
      expect(stored).toMatchObject({ status: 'ready', result: { outcome: 'applied' } });
    }
  });

  it('plans a tenant again that was deployed to since the rollout was planned', async () => {
    const { fleet, rolloutId, tenantIds, deployments, schemaOf } = await countedFleet(4);
    const changed = tenantIds[3] ?? '';
    await deployments.deploy(changed, LABELED);
    await fleet.startRollout(rolloutId, STRATEGY);
    expect((await fleet.waitForRollout(rolloutId)).progress.states).toEqual({ deployed: 4 });
    const schemas = await Promise.all(tenantIds.map(schemaOf));
    expect(new Set(schemas.map(({ schemaHash }) => schemaHash)).size).toBe(1);
  });

  it('does not deploy to a tenant whose schema was changed outside of a deployment', async () => {
    const { fleet, rolloutId, tenantIds, router, schemaOf } = await countedFleet(4);
    const drifted = tenantIds[3] ?? '';
    const driver = await router.getTenantClient(drifted);
    await driver.execute('ALTER TABLE account DROP COLUMN email');
    const before = await schemaOf(drifted);
    await fleet.startRollout(rolloutId, { ...STRATEGY, errorBudget: { tenants: 1 } });
    const { progress } = await fleet.waitForRollout(rolloutId);
    expect(progress.states).toEqual({ deployed: 3, failed: 1 });
    expect(await schemaOf(drifted)).toEqual(before);
  });

  it('ends the records of tenants that were prepared when the error budget was exceeded, and deploys to them later', async () => {
    const { fleet, rolloutId, tenantIds, registry, router, slow, schemaOf } = await countedFleet(20);
    // The plan is known from the canary.
    const canary = tenantIds[0] ?? '';
    const drifted = tenantIds[3] ?? '';
    const others = tenantIds.filter((id) => id !== drifted);
    for (const id of others.slice(1)) slow.add(id);
    const { schemaHash: before } = await schemaOf(drifted);
    await (await router.getTenantClient(drifted)).execute('ALTER TABLE account DROP COLUMN email');
    await fleet.startRollout(rolloutId, { concurrency: 8, waves: [], canary: { tenantIds: [canary] } });
    expect(await fleet.waitForRollout(rolloutId)).toMatchObject({
      status: 'stopped',
      progress: { states: { failed: 1 } },
    });
    const { items } = await fleet.listRolloutTenants(rolloutId, { state: 'pending' });
    const prepared = [];
    for (const { tenantId } of items) {
      expect((await schemaOf(tenantId)).schemaHash).toBe(before);
      const records = (await registry.listDeployments(tenantId)).filter(
        ({ bundleVersion }) => bundleVersion === '2.0.0',
      );
      prepared.push(...records);
    }
    expect(prepared.length).toBeGreaterThan(0);
    for (const record of prepared)
      expect(record).toMatchObject({ status: 'failed', result: { outcome: 'not_applied' } });
    slow.clear();
    await fleet.resumeRollout(rolloutId, { errorBudget: { tenants: 1 } });
    const { progress } = await fleet.waitForRollout(rolloutId);
    expect(progress.states).toEqual({ deployed: 19, failed: 1 });
    for (const id of others) expect((await schemaOf(id)).schemaHash).not.toBe(before);
  });

  it('changes no database of a prepared tenant after the rollout was paused, and deploys to it later', async () => {
    const { fleet, rolloutId, tenantIds, slow, calls, schemaOf } = await countedFleet(20);
    const [canary = '', ...others] = tenantIds;
    const { schemaHash: before } = await schemaOf(canary);
    for (const id of others) slow.add(id);
    await fleet.startRollout(rolloutId, { concurrency: 8, waves: [], canary: { tenantIds: [canary] } });
    const changing = () => others.filter((id) => calls.get(id)?.includes('executeAtomic'));
    while (changing().length < 8) await delay(5);
    await fleet.pauseRollout(rolloutId);
    const begun = changing();
    await fleet.waitForRollout(rolloutId);
    expect(changing()).toEqual(begun);
    const { items } = await fleet.listRolloutTenants(rolloutId, { state: 'pending' });
    expect(items).toHaveLength(11);
    for (const { tenantId } of items) expect((await schemaOf(tenantId)).schemaHash).toBe(before);
    slow.clear();
    await fleet.resumeRollout(rolloutId);
    expect((await fleet.waitForRollout(rolloutId)).progress.states).toEqual({ deployed: 20 });
  });

  it('counts no prepared tenant as failed whose end cannot be recorded when the rollout is paused', async () => {
    const { fleet, rolloutId, tenantIds, slow, calls, faults } = await countedFleet(20);
    const [canary = '', ...others] = tenantIds;
    for (const id of others) slow.add(id);
    await fleet.startRollout(rolloutId, { concurrency: 8, waves: [], canary: { tenantIds: [canary] } });
    while (others.filter((id) => calls.get(id)?.includes('executeAtomic')).length < 8) await delay(5);
    faults.refusesFailures = true;
    await fleet.pauseRollout(rolloutId);
    const { progress } = await fleet.waitForRollout(rolloutId);
    expect(progress.states).toEqual({ deployed: 9, pending: 11 });
    faults.refusesFailures = false;
    slow.clear();
    await fleet.resumeRollout(rolloutId);
    expect((await fleet.waitForRollout(rolloutId)).progress.states).toEqual({ deployed: 20 });
  });

  it('does not measure how long a prepared tenant waited, so that the next estimate is right', async () => {
    const { fleet, rolloutId, tenantIds, slow } = await countedFleet(20);
    for (const id of tenantIds.slice(1)) slow.add(id);
    const canary = { tenantIds: tenantIds.slice(0, 1) };
    const startedAt = performance.now();
    await fleet.startRollout(rolloutId, { concurrency: 8, waves: [], canary });
    await fleet.waitForRollout(rolloutId);
    const tookMs = performance.now() - startedAt;
    const { items } = await fleet.listRolloutTenants(rolloutId);
    const sum = items.reduce((total, { durationMs = Number.NaN }) => total + durationMs, 0);
    expect(items).toHaveLength(20);
    expect(sum).toBeGreaterThan(19 * SLOW_MS);
    expect(sum / 8).toBeLessThan(tookMs);
  });

  it('counts towards the deployments of the day', async () => {
    const { fleet, rolloutId, tenantIds, registry } = await countedFleet(2);
    const [limited = ''] = tenantIds;
    await registry.setQuotaOverrides(limited, { maxDeploymentsPerDay: 1 });
    await fleet.startRollout(rolloutId, { ...STRATEGY, errorBudget: { tenants: 1 } });
    const { progress } = await fleet.waitForRollout(rolloutId);
    expect(progress).toMatchObject({ states: { deployed: 1, failed: 1 }, failures: { quota_exceeded: 1 } });
  });

  it('does not count towards them if the tenant runs the release by now', async () => {
    const { fleet, rolloutId, tenantIds, registry, deployments } = await countedFleet(3);
    const done = tenantIds[2] ?? '';
    await deployments.deploy(done, LABELED);
    await deployments.deploy(done, V2);
    await registry.setQuotaOverrides(done, { maxDeploymentsPerDay: 3 });
    await fleet.startRollout(rolloutId, { ...STRATEGY, errorBudget: { tenants: 1 } });
    const { progress } = await fleet.waitForRollout(rolloutId);
    expect(progress).toMatchObject({ states: { deployed: 2, unchanged: 1 } });
    expect((await registry.listDeployments(done)).map(({ status }) => status)).toEqual([
      'ready',
      'ready',
      'ready',
    ]);
  });
});

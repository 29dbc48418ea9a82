import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import type { FleetSelection, Rollout } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { openFleet, REMOVED, UNIQUE, V2 } from '../../test/fleet-plane.js';

type Fleet = Awaited<ReturnType<typeof openFleet>>;

async function insertTwice({ router }: Fleet, tenantId: string): Promise<string[]> {
  const driver = await router.getTenantClient(tenantId);
  const records = [];
  for (const name of ['a', 'b'])
    records.push(await driver.create('account', { name, email: 'x@example.com' }));
  return records.map(({ id }) => String(id));
}

const versionsOf = ({ deployments, tenantIds }: Fleet) =>
  Promise.all(tenantIds.map(async (id) => (await deployments.latest(id))?.bundleVersion));

const statesOf = ({ progress }: Rollout) => progress.states;

async function releasesOf(plane: Fleet): Promise<Fleet> {
  for (const [name, bundle] of Object.entries({ '2': V2, unique: UNIQUE, removed: REMOVED }))
    await plane.fleet.createRelease(bundle, { name });
  return plane;
}

const openReleases = async (tenants: number) => releasesOf(await openFleet(tenants));

describe('planRollout', () => {
  it('reports refusals, approvals and affected records, and changes nothing', async () => {
    const plane = await openReleases(3);
    const { fleet, tenantIds, provisioning } = plane;
    const [first = '', second = '', third = ''] = tenantIds;
    const ids = await insertTwice(plane, first);
    await provisioning.suspendTenant(third);
    const selection = { tenantIds: [...tenantIds, 'unknown'] };
    const unique = await fleet.planRollout('unique', selection);
    expect(unique).toMatchObject({ tenants: 4, refusedTenants: 3, upToDateTenants: 0, estimatedMs: null });
    expect(unique.groups).toMatchObject([{ tenants: 2, hasChanges: true }]);
    const violation = unique.refusals.find(({ code }) => code === 'unique_violation');
    expect(violation).toMatchObject({ object: 'account', tenants: 1, samples: [{ tenantId: first }] });
    expect(violation?.samples[0]?.recordIds.every((id) => ids.includes(id))).toBe(true);
    expect(unique.refusals.map(({ code }) => code).sort()).toEqual([
      'tenant_not_found',
      'tenant_suspended',
      'unique_violation',
    ]);
    const removed = await fleet.planRollout('removed', { tenantIds: [first, second] });
    expect(removed.approvals).toMatchObject([
      { id: 'remove_field:account.email', risk: 'loses_data', tenants: 2, affectedTenants: 1, rows: 2 },
    ]);
    expect(await versionsOf({ ...plane, tenantIds: [first, second] })).toEqual(['1.0.0', '1.0.0']);
  });

  it('refuses a tenant whose database is missing or was changed outside of a deployment, and goes on', async () => {
    const plane = await openReleases(3);
    const { fleet, tenantIds, registry, router, dir } = plane;
    const [missing = '', drifted = '', sound = ''] = tenantIds;
    const fileOf = async (tenantId: string) =>
      join(dir, 'tenants', `${(await registry.getTenant(tenantId))?.databaseName}.db`);
    const database = openLocalDatabase({ path: await fileOf(drifted) });
    await database.execute({ sql: 'ALTER TABLE account DROP COLUMN email' });
    await database.close();
    await rm(await fileOf(missing));
    for (const tenantId of tenantIds) router.invalidateCache(tenantId);
    const plan = await fleet.planRollout('2');
    const reasons = plan.refusals.map(({ code, samples }) => [samples[0]?.tenantId, code]);
    expect(Object.fromEntries(reasons)).toEqual({
      [missing]: 'database_not_found',
      [drifted]: 'schema_mismatch',
    });
    await fleet.startRollout(plan, { errorBudget: { tenants: 2 } });
    const ended = await fleet.waitForRollout(plan.rolloutId);
    expect(statesOf(ended)).toEqual({ deployed: 1, refused: 2 });
    expect(await versionsOf({ ...plane, tenantIds: [sound] })).toEqual(['2.0.0']);
  });

  it.each([
    ['a selection without tenants', '2', { organizationId: 'unknown' }, 'invalid_request'],
    ['an unknown property', '2', { tenants: [] }, 'invalid_request'],
    ['an unknown release', 'none', {}, 'release_not_found'],
  ])('refuses %s', async (_, release, selection, code) => {
    const { fleet } = await openReleases(1);
    await expect(fleet.planRollout(release, selection as FleetSelection)).rejects.toMatchObject({ code });
  });
});

describe('startRollout', () => {
  it('refuses what can never succeed before the first change', async () => {
    const plane = await openReleases(2);
    const { fleet, tenantIds } = plane;
    const [first = ''] = tenantIds;
    const removed = await fleet.planRollout('removed');
    const changes = ['remove_field:account.email'];
    await expect(fleet.startRollout(removed)).rejects.toMatchObject({
      code: 'destructive_not_allowed',
      details: { changes },
    });
    await expect(fleet.startRollout(removed, { allow: [...changes, 'odd'] })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    for (const strategy of [{ waves: [{ percent: 0 }] }, { canary: { tenantIds: ['odd'] } }, { odd: 1 }])
      await expect(fleet.startRollout(removed, { allow: changes, ...strategy })).rejects.toMatchObject({
        code: 'invalid_request',
      });
    await insertTwice(plane, first);
    const unique = await fleet.planRollout('unique');
    await expect(fleet.startRollout(unique)).rejects.toMatchObject({ code: 'invalid_request' });
    const byCode = { errorBudget: { tenants: 1 }, errorBudgets: { unique_violation: { tenants: 0 } } };
    await expect(fleet.startRollout(unique, byCode)).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(fleet.startRollout('none')).rejects.toMatchObject({ code: 'rollout_not_found' });
    expect(await versionsOf(plane)).toEqual(['1.0.0', '1.0.0']);
  });

  it('names the rollout that has one of the tenants', async () => {
    const { fleet } = await openReleases(1);
    const one = await fleet.planRollout('2');
    const other = await fleet.planRollout('removed');
    await fleet.startRollout(one);
    await fleet.pauseRollout(one.rolloutId);
    const start = fleet.startRollout(other, { allow: ['remove_field:account.email'] });
    await expect(start).rejects.toMatchObject({
      code: 'rollout_conflict',
      details: { rolloutId: one.rolloutId },
    });
    await fleet.abortRollout(one.rolloutId);
    await fleet.waitForRollout(one.rolloutId);
    await fleet.startRollout(other, { allow: ['remove_field:account.email'] });
    expect((await fleet.waitForRollout(other.rolloutId)).status).toBe('completed');
  });

  it('stops when the budget is exceeded, and attempts the failed tenants again when resumed', async () => {
    const plane = await openReleases(4);
    const { fleet, tenantIds, router } = plane;
    const [first = ''] = tenantIds;
    const plan = await fleet.planRollout('unique');
    const ids = await insertTwice(plane, first);
    await fleet.startRollout(plan, { canary: { tenantIds: [first] }, concurrency: 1 });
    const stopped = await fleet.waitForRollout(plan.rolloutId);
    expect(stopped.status).toBe('stopped');
    expect(stopped.progress).toMatchObject({
      states: { failed: 1, pending: 3 },
      failures: { unique_violation: 1 },
    });
    const [failed] = (await fleet.listRolloutTenants(plan.rolloutId, { state: 'failed' })).items;
    expect(failed).toMatchObject({ tenantId: first, problem: { object: 'account', rows: 2 } });
    await (await router.getTenantClient(first)).delete('account', ids[0] ?? '');
    await fleet.resumeRollout(plan.rolloutId);
    const ended = await fleet.waitForRollout(plan.rolloutId);
    expect(ended).toMatchObject({ status: 'completed', progress: { states: { deployed: 4 } } });
    expect(await versionsOf(plane)).toEqual(Array(4).fill('3.0.0'));
  });

  it('proceeds by canary and waves, with records first, and lists them', async () => {
    const plane = await openReleases(6);
    const { fleet, tenantIds } = plane;
    await insertTwice(plane, tenantIds[3] ?? '');
    const plan = await fleet.planRollout('2');
    await fleet.startRollout(plan, { waves: [{ tenants: 2 }, { percent: 20 }] });
    const seen: number[] = [];
    for await (const { wave } of fleet.watchRollout(plan.rolloutId)) seen.push(wave);
    const rollout = await fleet.getRollout(plan.rolloutId);
    expect(rollout.progress.waves).toEqual([
      { wave: 0, tenants: 1, pending: 0 },
      { wave: 1, tenants: 2, pending: 0 },
      { wave: 2, tenants: 2, pending: 0 },
      { wave: 3, tenants: 1, pending: 0 },
    ]);
    expect(seen).toEqual(seen.toSorted());
    const { items } = await fleet.listRolloutTenants(plan.rolloutId);
    expect(items.find(({ wave }) => wave === 0)?.tenantId).toBe(tenantIds[3]);
    const again = await fleet.planRollout('2');
    expect(again).toMatchObject({ upToDateTenants: 6 });
  });

  it('plans again for a tenant that changed after planning, and never applies what was not approved', async () => {
    const plane = await openReleases(3);
    const { fleet, tenantIds, deployments } = plane;
    const [first = ''] = tenantIds;
    const plan = await fleet.planRollout('2');
    await deployments.deploy(first, UNIQUE);
    await fleet.startRollout(plan, { errorBudget: { tenants: 1 } });
    const ended = await fleet.waitForRollout(plan.rolloutId);
    expect(statesOf(ended)).toEqual({ deployed: 2, failed: 1 });
    expect(ended.progress.failures).toEqual({ destructive_not_allowed: 1 });
    expect(await versionsOf(plane)).toEqual(['3.0.0', '2.0.0', '2.0.0']);
  });
});

describe('rollbackRollout', () => {
  it('rolls back what the rollout deployed, and nothing else', async () => {
    const plane = await openReleases(4);
    const { fleet, tenantIds, deployments } = plane;
    const [first = '', second = ''] = tenantIds;
    await deployments.deploy(first, V2);
    const plan = await fleet.planRollout('2');
    await fleet.startRollout(plan);
    await fleet.waitForRollout(plan.rolloutId);
    await deployments.deploy(second, UNIQUE, { allow: ['remove_field:account.rating'] });
    await fleet.rollbackRollout(plan.rolloutId);
    const ended = await fleet.waitForRollout(plan.rolloutId);
    expect(ended.status).toBe('rolled_back');
    expect(statesOf(ended)).toEqual({ unchanged: 1, rollback_failed: 1, rolled_back: 2 });
    expect(await versionsOf(plane)).toEqual(['2.0.0', '3.0.0', '1.0.0', '1.0.0']);
    const desired = await Promise.all(
      tenantIds.map(async (id) => (await fleet.getTenantRelease(id)).desired),
    );
    expect(desired).toEqual(['2', '2', null, null]);
    const again = await fleet.rollbackRollout(plan.rolloutId);
    expect(again.status).toBe('rolled_back');
    await fleet.resumeRollout(plan.rolloutId);
    const retried = await fleet.waitForRollout(plan.rolloutId);
    expect(retried).toMatchObject({ status: 'rolled_back', progress: ended.progress });
    expect(await versionsOf(plane)).toEqual(['2.0.0', '3.0.0', '1.0.0', '1.0.0']);
  });
});

describe('pauseRollout', () => {
  it('pauses at every boundary of waves, and another service continues', async () => {
    const plane = await openReleases(4);
    const { fleet, openService } = plane;
    const { rolloutId } = await fleet.planRollout('2');
    await fleet.startRollout(rolloutId, { waves: [{ tenants: 1 }, { tenants: 1 }], bakeMs: 1_000 });
    let driver = fleet;
    for (const deployed of [1, 2, 3]) {
      for await (const { bakeUntil } of driver.watchRollout(rolloutId)) if (bakeUntil !== undefined) break;
      expect((await driver.pauseRollout(rolloutId)).status).toBe('paused');
      const paused = await driver.waitForRollout(rolloutId);
      expect(statesOf(paused)).toEqual({ deployed, pending: 4 - deployed });
      driver = openService();
      await driver.resumeRollout(rolloutId);
    }
    const ended = await driver.waitForRollout(rolloutId);
    expect(ended).toMatchObject({ status: 'completed', progress: { states: { deployed: 4 } } });
    await expect(driver.pauseRollout(rolloutId)).rejects.toMatchObject({ code: 'invalid_state' });
  });

  it('lets one of two services drive a rollout that both start', async () => {
    const plane = await openReleases(6);
    const { fleet, openService, tenantIds, deployments } = plane;
    const plan = await fleet.planRollout('2');
    const services = [fleet, openService()];
    await Promise.all(services.map((service) => service.startRollout(plan)));
    const [one, other] = await Promise.all(services.map((service) => service.waitForRollout(plan.rolloutId)));
    expect(other).toEqual(one);
    expect(one).toMatchObject({ status: 'completed', progress: { states: { deployed: 6 } } });
    for (const tenantId of tenantIds) expect((await deployments.list(tenantId)).items).toHaveLength(2);
    await expect(fleet.startRollout(plan, { concurrency: 2 })).rejects.toMatchObject({
      code: 'invalid_state',
    });
  });
});

describe('abortRollout', () => {
  it('ends the rollout for good: tenants without the release should no longer run it', async () => {
    const plane = await openReleases(3);
    const { fleet, tenantIds } = plane;
    const { rolloutId } = await fleet.planRollout('2');
    await fleet.startRollout(rolloutId, { bakeMs: 1_000 });
    for await (const { bakeUntil } of fleet.watchRollout(rolloutId)) if (bakeUntil !== undefined) break;
    await fleet.abortRollout(rolloutId);
    const ended = await fleet.waitForRollout(rolloutId);
    expect(ended).toMatchObject({ status: 'aborted', progress: { states: { deployed: 1, pending: 2 } } });
    const desired = await Promise.all(
      tenantIds.map(async (id) => (await fleet.getTenantRelease(id)).desired),
    );
    expect(desired.toSorted()).toEqual(['2', null, null]);
    await expect(fleet.resumeRollout(rolloutId)).rejects.toMatchObject({ code: 'invalid_state' });
    expect((await fleet.abortRollout(rolloutId)).status).toBe('aborted');
  });

  it.each([1, 2, 3])(
    'ends it at the boundary after wave %d, and rolls back what was deployed',
    async (last) => {
      const plane = await openReleases(4);
      const { fleet } = plane;
      const { rolloutId } = await fleet.planRollout('2');
      await fleet.startRollout(rolloutId, { waves: [{ tenants: 1 }, { tenants: 1 }], bakeMs: 60_000 });
      for (let boundary = 1; boundary <= last; boundary++) {
        for await (const { bakeUntil } of fleet.watchRollout(rolloutId)) if (bakeUntil !== undefined) break;
        if (boundary === last) break;
        await fleet.pauseRollout(rolloutId);
        await fleet.waitForRollout(rolloutId);
        await fleet.resumeRollout(rolloutId);
      }
      const isRolledBack = last === 2;
      await (isRolledBack ? fleet.rollbackRollout(rolloutId) : fleet.abortRollout(rolloutId));
      const ended = await fleet.waitForRollout(rolloutId);
      expect(ended.status).toBe(isRolledBack ? 'rolled_back' : 'aborted');
      const done = { [isRolledBack ? 'rolled_back' : 'deployed']: last };
      expect(statesOf(ended)).toEqual({ ...done, pending: 4 - last });
      const versions = (await versionsOf(plane)).filter((version) => version === '2.0.0');
      expect(versions).toHaveLength(isRolledBack ? 0 : last);
    },
  );
});

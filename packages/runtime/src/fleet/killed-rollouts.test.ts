import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import { IS_EXHAUSTIVE, randomFrom, SEED, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { UNIQUE, V1, V2 } from '../../test/fleet-plane.js';
import { type Kill, openKilledFleet } from '../../test/killed-fleet.js';
import type { Runtime } from '../runtime.js';

const TENANTS = IS_EXHAUSTIVE ? 50 : 5;
/** Processes that are killed at random moments. */
const ROUNDS = IS_EXHAUSTIVE ? 30 : 1;
const DEADLINE_MS = 24 * 60 * 60_000;

const ON_ACCESS = {
  mode: 'on_access',
  deadlineMs: DEADLINE_MS,
  waitMs: 60_000,
  concurrency: 2,
  canary: null,
} as const;

const MOMENTS: readonly Kill[] = [
  { method: 'saveDeployment', occurrence: 1, when: 'before' },
  { method: 'saveDeployment', occurrence: 3, when: 'after' },
  { method: 'saveRolloutTenants', occurrence: 1, when: 'before' },
  ...(IS_EXHAUSTIVE ? [2, 4, 5, 7, 9, 11] : []).map(
    (occurrence): Kill => ({ method: 'saveDeployment', occurrence, when: 'after' }),
  ),
];

/** Tenants that run the first release of the fleet, and a planned rollout of another one. */
async function plannedRollout({ fleet, provisioning }: Runtime, bundle = V2) {
  const tenantIds: string[] = [];
  await fleet.createRelease(V1, { name: '1' });
  await fleet.createRelease(bundle, { name: '2' });
  await fleet.setChannel('stable', '1');
  for (let index = 0; index < TENANTS; index++)
    tenantIds.push((await provisioning.provisionTenant({ orgId: 'acme' })).tenantId);
  return tenantIds;
}

async function versionsOf(runtime: Runtime, tenantId: string): Promise<string[]> {
  const { items } = await runtime.deployments.list(tenantId);
  return items.map(({ bundleVersion, status }) => `${bundleVersion} ${status}`).sort();
}

describe('a rollout whose processes are killed', () => {
  it('deploys to each tenant exactly once, and rolls back what it deployed', {
    timeout: 240_000,
  }, async () => {
    const { open, killed } = await openKilledFleet();
    const first = await open();
    const tenantIds = await plannedRollout(first);
    const { rolloutId } = await first.fleet.planRollout('2');
    await first.close();
    const strategy = { concurrency: 1 };
    for (const kill of sampleOf(MOMENTS, 2))
      await killed({ rolloutId, isRollback: false, strategy, uses: [], kill });

    const second = await open();
    expect(await second.sweep()).toMatchObject({ resumedRollouts: [rolloutId] });
    const done = await second.fleet.waitForRollout(rolloutId);
    expect(done).toMatchObject({ status: 'completed', progress: { states: { deployed: TENANTS } } });
    for (const tenantId of tenantIds)
      expect(await versionsOf(second, tenantId)).toEqual(['1.0.0 ready', '2.0.0 ready']);

    await second.close();
    for (const kill of sampleOf(MOMENTS, 3))
      await killed({ rolloutId, isRollback: true, strategy, uses: [], kill });
    const third = await open();
    await third.fleet.resumeRollout(rolloutId);
    const undone = await third.fleet.waitForRollout(rolloutId);
    expect(undone).toMatchObject({ status: 'rolled_back', progress: { states: { rolled_back: TENANTS } } });
    for (const tenantId of tenantIds) {
      expect(await versionsOf(third, tenantId)).toEqual(['1.0.0 ready', '1.0.0 ready', '2.0.0 ready']);
      expect(await third.fleet.getTenantRelease(tenantId)).toMatchObject({ desired: '1', running: '1' });
    }
  });

  it(`moves each tenant once when it is used, at random moments from seed ${SEED}`, {
    timeout: 600_000,
  }, async () => {
    const random = randomFrom(SEED);
    const { open, wait, killed } = await openKilledFleet();
    const first = await open();
    const tenantIds = await plannedRollout(first);
    const { rolloutId } = await first.fleet.planRollout('2');
    await first.close();
    for (let round = 0; round < ROUNDS; round++) {
      const uses = random.shuffle(tenantIds).slice(0, Math.ceil(TENANTS / 3));
      const kill = { occurrence: 8 + random.below(60), when: random.pick(['before', 'after'] as const) };
      const work = { rolloutId, isRollback: false, strategy: ON_ACCESS, uses, kill };
      await killed(work, `round ${round}`);
    }
    // Two processes use all tenants while one of them drives the rollout.
    const processes = [await open(), await open()];
    const [driving, other] = processes as [Runtime, Runtime];
    expect(await driving.sweep()).toMatchObject({ resumedRollouts: [rolloutId] });
    for await (const { accessUntil } of driving.fleet.watchRollout(rolloutId))
      if (accessUntil !== undefined) break;
    const used = random.shuffle(tenantIds).slice(0, TENANTS - 1);
    await Promise.all(
      used.flatMap((tenantId) => processes.map(({ router }) => router.getTenantClient(tenantId))),
    );
    for (const tenantId of used)
      expect(await versionsOf(other, tenantId)).toEqual(['1.0.0 ready', '2.0.0 ready']);
    for (const runtime of processes) await runtime.close();
    // The rest is moved at the deadline.
    wait(DEADLINE_MS);
    const last = await open();
    await last.sweep();
    const done = await last.fleet.waitForRollout(rolloutId);
    expect(done).toMatchObject({ status: 'completed', progress: { states: { deployed: TENANTS } } });
    for (const tenantId of tenantIds)
      expect(await versionsOf(last, tenantId)).toEqual(['1.0.0 ready', '2.0.0 ready']);
  });

  it(`passes violating, missing and drifted tenants, at random moments from seed ${SEED + 1}`, {
    timeout: 600_000,
  }, async () => {
    const random = randomFrom(SEED + 1);
    const { dir, open, killed } = await openKilledFleet();
    const first = await open();
    const tenantIds = (await plannedRollout(first, UNIQUE)).toSorted();
    // One in twenty violates the release, but not yet when it is planned.
    const violating = tenantIds.filter((_, index) => index % 20 === 1);
    const [missing = '', , drifted = ''] = tenantIds;
    const { rolloutId } = await first.fleet.planRollout('2');
    for (const tenantId of violating) {
      const driver = await first.router.getTenantClient(tenantId);
      for (const name of ['a', 'b']) await driver.create('account', { name, email: 'x@example.com' });
    }
    await first.close();
    const fileOf = (tenantId: string) => join(dir, 'tenants', `t-${tenantId}.db`);
    const database = openLocalDatabase({ path: fileOf(drifted) });
    await database.execute({ sql: 'ALTER TABLE account DROP COLUMN email' });
    await database.close();
    await rm(fileOf(missing));
    const strategy = { concurrency: 4, canary: null, errorBudget: { tenants: violating.length + 2 } };
    for (let round = 0; round < ROUNDS; round++) {
      const kill = { occurrence: 4 + random.below(16), when: random.pick(['before', 'after'] as const) };
      const work = { rolloutId, isRollback: false, strategy, uses: [], kill };
      await killed(work, `round ${round}`);
    }
    const second = await open();
    await second.sweep();
    const done = await second.fleet.waitForRollout(rolloutId);
    expect(done.progress.failures).toEqual({
      unique_violation: violating.length,
      database_not_found: 1,
      schema_mismatch: 1,
    });
    const failed = new Set([missing, drifted, ...violating]);
    for (const tenantId of tenantIds.filter((id) => !failed.has(id)))
      expect(await versionsOf(second, tenantId)).toEqual(['1.0.0 ready', '3.0.0 ready']);
    for (const tenantId of violating) {
      expect((await second.deployments.latest(tenantId))?.bundleVersion).toBe('1.0.0');
      expect(await (await second.router.getTenantClient(tenantId)).count('account')).toBe(2);
    }
  });
});

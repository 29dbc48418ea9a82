import { tursoLocal } from '@objectstack/driver-turso';
import { IS_EXHAUSTIVE, temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { V1, V2 } from '../../test/fleet-plane.js';
import type { RolloutChildInput } from '../../test/rollout-child.js';
import { runChild } from '../../test/run-child.js';
import { createRuntime } from '../create-runtime.js';

const TENANTS = IS_EXHAUSTIVE ? 50 : 6;
const LATER_MS = 60_000;

type Kill = RolloutChildInput['kill'];

const MOMENTS: readonly Kill[] = [
  { method: 'saveDeployment', occurrence: 1, when: 'before' },
  { method: 'saveDeployment', occurrence: 3, when: 'after' },
  { method: 'saveRolloutTenants', occurrence: 1, when: 'before' },
  ...(IS_EXHAUSTIVE ? [2, 4, 5, 7, 9, 11] : []).map(
    (occurrence): Kill => ({ method: 'saveDeployment', occurrence, when: 'after' }),
  ),
];

/** A fleet whose processes each have a clock that is further ahead. */
async function openFleet() {
  const dir = await temporaryFolder();
  let aheadMs = 0;
  const open = async () => {
    aheadMs += LATER_MS;
    const ahead = aheadMs;
    const clock = { now: () => new Date(Date.now() + ahead) };
    const runtime = await createRuntime({ dataPlane: tursoLocal({ dir }), clock });
    onTestFinished(() => runtime.close());
    return runtime;
  };
  /** Runs the rollout in processes that are killed, one after the other. */
  const killAll = async (rolloutId: string, isRollback: boolean) => {
    for (const kill of MOMENTS) {
      aheadMs += LATER_MS;
      const { signal, stderr } = await runChild('rollout-child.ts', {
        dir,
        rolloutId,
        isRollback,
        aheadMs,
        kill,
      });
      expect(signal, stderr).toBe('SIGKILL');
    }
  };
  return { open, killAll };
}

describe('a rollout whose processes are killed', () => {
  it('deploys to each tenant exactly once, and rolls back what it deployed', {
    timeout: 240_000,
  }, async () => {
    const { open, killAll } = await openFleet();
    const first = await open();
    const tenantIds: string[] = [];
    await first.fleet.createRelease(V1, { name: '1' });
    await first.fleet.createRelease(V2, { name: '2' });
    await first.fleet.setChannel('stable', '1');
    for (let index = 0; index < TENANTS; index++)
      tenantIds.push((await first.provisioning.provisionTenant({ orgId: 'acme' })).tenantId);
    const { rolloutId } = await first.fleet.planRollout('2');
    await first.close();
    await killAll(rolloutId, false);

    const second = await open();
    expect(await second.sweep()).toMatchObject({ resumedRollouts: [rolloutId] });
    const done = await second.fleet.waitForRollout(rolloutId);
    expect(done).toMatchObject({ status: 'completed', progress: { states: { deployed: TENANTS } } });
    const versions = async (runtime: typeof second, tenantId: string) => {
      const { items } = await runtime.deployments.list(tenantId);
      return items.map(({ bundleVersion, status }) => `${bundleVersion} ${status}`).sort();
    };
    for (const tenantId of tenantIds)
      expect(await versions(second, tenantId)).toEqual(['1.0.0 ready', '2.0.0 ready']);

    await second.close();
    await killAll(rolloutId, true);
    const third = await open();
    await third.fleet.resumeRollout(rolloutId);
    const undone = await third.fleet.waitForRollout(rolloutId);
    expect(undone).toMatchObject({ status: 'rolled_back', progress: { states: { rolled_back: TENANTS } } });
    for (const tenantId of tenantIds) {
      expect(await versions(third, tenantId)).toEqual(['1.0.0 ready', '1.0.0 ready', '2.0.0 ready']);
      expect(await third.fleet.getTenantRelease(tenantId)).toMatchObject({ desired: '1', running: '1' });
    }
  });
});

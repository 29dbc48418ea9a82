import assert from 'node:assert/strict';
import { outcomeOf } from './outcome-of.js';
import { must, type RegistryChecks } from './registry-check.js';
import type { RegistryTrial } from './registry-trial.js';
import { deploymentRecord } from './sample-deployments.js';
import { T1, T2 } from './sample-tenants.js';

const RUNNING = deploymentRecord('one');
const LATER = deploymentRecord('one', { status: 'registering', updatedAt: T1 });
const READY = deploymentRecord('one', { status: 'ready', updatedAt: T1 });

/** A running deployment whose lease is `a`, at revision 1. */
async function running({ registry }: RegistryTrial) {
  await registry.saveDeployment(RUNNING, { take: 'a', revision: null });
  return {
    save: registry.saveDeployment.bind(registry),
    renew: (lease: string, updatedAt = T2) => registry.renewDeployment('tenant', 'one', { lease, updatedAt }),
    stored: () => registry.getDeployment('tenant', 'one'),
  };
}

export const leaseChecks: RegistryChecks = {
  adds: must('a guard that takes the lease at the revision null only adds a record', async (trial) => {
    const { save, stored } = await running(trial);
    const again = await save(LATER, { take: 'b', revision: null });
    assert.deepEqual(outcomeOf(again), { changed: false, record: { ...RUNNING, revision: 1 } });
    assert.deepEqual(await stored(), { ...RUNNING, revision: 1 });
  }),
  'adds-once': must('one of several processes that add a record at once takes its lease', async (trial) => {
    const processes = await trial.processes(4);
    const saved = await Promise.all(
      processes.map((one, index) => one.saveDeployment(RUNNING, { take: `lease-${index}`, revision: null })),
    );
    assert.equal(saved.filter(({ changed }) => changed).length, 1);
    const winner = saved.findIndex(({ changed }) => changed);
    const renewed = await Promise.all(
      processes.map((one, index) =>
        one.renewDeployment('tenant', 'one', { lease: `lease-${index}`, updatedAt: T1 }),
      ),
    );
    assert.deepEqual(
      renewed,
      processes.map((_, index) => index === winner),
    );
  }),
  'takes-over': must(
    'a lease is taken over at the revision that was read, and at no other',
    async (trial) => {
      const { save } = await running(trial);
      for (const revision of [0, 2])
        assert.equal((await save(RUNNING, { take: 'b', revision })).changed, false, `at ${revision}`);
      const taken = await save(RUNNING, { take: 'b', revision: 1 });
      assert.deepEqual(outcomeOf(taken), { changed: true, record: { ...RUNNING, revision: 2 } });
    },
  ),
  'takes-over-once': must('one of several processes takes over a lease', async (trial) => {
    await running(trial);
    const processes = await trial.processes(4);
    const saved = await Promise.all(
      processes.map((one, index) => one.saveDeployment(RUNNING, { take: `lease-${index}`, revision: 1 })),
    );
    assert.equal(saved.filter(({ changed }) => changed).length, 1);
  }),
  fenced: must('a process whose lease was taken over can neither write nor renew', async (trial) => {
    const { save, renew, stored } = await running(trial);
    await save(RUNNING, { take: 'b', revision: 1 });
    assert.equal((await save(LATER, { lease: 'a' })).changed, false);
    assert.equal(await renew('a'), false);
    assert.deepEqual(await stored(), { ...RUNNING, revision: 2 });
    assert.equal((await save(LATER, { lease: 'b' })).changed, true);
  }),
  renews: must('`renewDeployment` writes only `updatedAt` and increments the revision', async (trial) => {
    const { renew, stored } = await running(trial);
    assert.equal(await renew('a'), true);
    assert.deepEqual(await stored(), { ...RUNNING, updatedAt: T2, revision: 2 });
  }),
  'renewed-not-taken': must(
    'a lease that was renewed since the record was read is not taken over',
    async (trial) => {
      const { save, renew } = await running(trial);
      await renew('a');
      assert.equal((await save(RUNNING, { take: 'b', revision: 1 })).changed, false);
      assert.equal((await save(LATER, { revision: 1 })).changed, false);
      assert.equal((await save(LATER, { lease: 'a' })).changed, true);
    },
  ),
  'ends-with-deployment': must('the lease ends when its process writes the result', async (trial) => {
    const { save, renew } = await running(trial);
    assert.equal((await save(READY, { lease: 'a' })).changed, true);
    assert.equal(await renew('a'), false);
    assert.equal((await save(READY, { lease: 'a' })).changed, false);
  }),
  'ended-by-revision': must('a write by revision ends the lease', async (trial) => {
    const { save, renew, stored } = await running(trial);
    assert.equal((await save(LATER, { revision: 1 })).changed, true);
    assert.equal((await save(RUNNING, { lease: 'a' })).changed, false);
    assert.equal(await renew('a'), false);
    assert.deepEqual(await stored(), { ...LATER, revision: 2 });
  }),
  missing: must('no guard except that of a new record adds one', async ({ registry }) => {
    for (const guard of [{ lease: 'a' }, { revision: 1 }, { take: 'a', revision: 1 }])
      assert.deepEqual(outcomeOf(await registry.saveDeployment(RUNNING, guard)), {
        changed: false,
        record: null,
      });
    const renewal = { lease: 'a', updatedAt: T1 };
    assert.equal(await registry.renewDeployment('tenant', 'one', renewal), false);
    assert.equal(await registry.getDeployment('tenant', 'one'), null);
  }),
};

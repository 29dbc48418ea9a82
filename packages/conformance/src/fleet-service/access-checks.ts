import assert from 'node:assert/strict';
import type { RolloutStrategyInput } from '@objectstack/spec/system';
import { type FleetChecks, must } from './fleet-check.js';
import type { FleetTrial } from './fleet-trial.js';
import type { SampleRelease } from './sample-releases.js';

const DEADLINE_MS = 3_600_000;

const ON_ACCESS: RolloutStrategyInput = {
  mode: 'on_access',
  deadlineMs: DEADLINE_MS,
  waitMs: 30_000,
  canary: null,
  waves: [],
};

/** Starts a rollout on access, and waits until it attempts the tenants that are used. */
async function start(
  trial: FleetTrial,
  release: SampleRelease,
  strategy: RolloutStrategyInput = {},
): Promise<string> {
  const { rolloutId } = await trial.fleet.planRollout(release);
  await trial.fleet.startRollout(rolloutId, { ...ON_ACCESS, ...strategy });
  await trial.serving(rolloutId);
  return rolloutId;
}

export const accessChecks: FleetChecks = {
  moves: must('a rollout on access moves a tenant when it is used, and no other', async (trial) => {
    const tenantIds = await trial.open(3, 'indexed');
    const rolloutId = await start(trial, 'indexed');
    assert.deepEqual(await trial.versions(tenantIds), ['1.0.0', '1.0.0', '1.0.0']);
    const driver = await trial.driver(tenantIds[1] ?? '');
    await driver.create('account', { name: 'a', rating: 5 });
    assert.deepEqual(await trial.versions(tenantIds), ['1.0.0', '2.0.0', '1.0.0']);
    await trial.fleet.abortRollout(rolloutId);
    const ended = await trial.ended(rolloutId);
    assert.deepEqual(ended.progress.states, { deployed: 1, pending: 2 });
  }),
  waves: must('a rollout on access attempts the tenants of its waves without an access', async (trial) => {
    const { fleet } = trial;
    const tenantIds = await trial.open(2, 'indexed');
    const rolloutId = await start(trial, 'indexed', { canary: { tenantIds: tenantIds.slice(0, 1) } });
    assert.deepEqual(await trial.versions(tenantIds), ['2.0.0', '1.0.0']);
    await fleet.abortRollout(rolloutId);
    await trial.ended(rolloutId);
  }),
  deadline: must('a rollout on access attempts the remaining tenants at its deadline', async (trial) => {
    const tenantIds = await trial.open(2, 'indexed');
    const rolloutId = await start(trial, 'indexed');
    const { accessUntil, startedAt = '' } = await trial.fleet.getRollout(rolloutId);
    assert.equal(Date.parse(accessUntil ?? '') - Date.parse(startedAt), DEADLINE_MS);
    trial.advance(DEADLINE_MS);
    const ended = await trial.ended(rolloutId);
    assert.deepEqual([ended.status, ended.progress.states], ['completed', { deployed: 2 }]);
    assert.deepEqual(await trial.versions(tenantIds), ['2.0.0', '2.0.0']);
  }),
  keeps: must(
    'a tenant that cannot be moved is used with its present release, and reported',
    async (trial) => {
      const { fleet } = trial;
      const [first = ''] = await trial.open(2, 'unique');
      const { rolloutId } = await fleet.planRollout('unique');
      await trial.duplicate(first);
      await fleet.startRollout(rolloutId, { ...ON_ACCESS, errorBudget: { tenants: 1 } });
      await trial.serving(rolloutId);
      assert.equal(await (await trial.driver(first)).count('account'), 2);
      const { progress } = await fleet.getRollout(rolloutId);
      assert.deepEqual(progress.failures, { unique_violation: 1 });
      assert.deepEqual(await trial.versions([first]), ['1.0.0']);
      await fleet.abortRollout(rolloutId);
      await trial.ended(rolloutId);
    },
  ),
  elsewhere: must('a rollout on access moves a tenant that another process uses', async (trial) => {
    const { subject, fleet } = trial;
    const [tenantId = ''] = await trial.open(1, 'indexed');
    const rolloutId = await start(trial, 'indexed');
    const { router } = await subject.another();
    const driver = await router.getTenantClient(tenantId);
    await driver.create('account', { name: 'a', rating: 5 });
    const ended = await trial.ended(rolloutId, fleet);
    assert.deepEqual([ended.status, ended.progress.states], ['completed', { deployed: 1 }]);
  }),
  pause: must('a paused rollout on access moves no tenant', async (trial) => {
    const { fleet } = trial;
    const [tenantId = ''] = await trial.open(1, 'indexed');
    const rolloutId = await start(trial, 'indexed');
    await fleet.pauseRollout(rolloutId);
    await trial.ended(rolloutId);
    assert.equal(await (await trial.driver(tenantId)).count('account'), 0);
    assert.deepEqual(await trial.versions([tenantId]), ['1.0.0']);
    await fleet.resumeRollout(rolloutId);
    await trial.serving(rolloutId);
    await trial.driver(tenantId);
    assert.deepEqual((await trial.ended(rolloutId)).status, 'completed');
  }),
};

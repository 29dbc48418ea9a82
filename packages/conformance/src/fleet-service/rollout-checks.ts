import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type FleetChecks, must } from './fleet-check.js';
import { RELEASES, REMOVED_EMAIL } from './sample-releases.js';

export const rolloutChecks: FleetChecks = {
  deploy: must('a rollout deploys the release to every tenant, and records what it did', async (trial) => {
    const { fleet, subject } = trial;
    const tenantIds = await trial.open(3, 'indexed');
    await subject.deployments.deploy(tenantIds[2] ?? '', RELEASES.indexed);
    const { rolloutId } = await fleet.planRollout('indexed');
    const started = await fleet.startRollout(rolloutId);
    assert.equal(started.status, 'running');
    const ended = await trial.ended(rolloutId);
    assert.deepEqual(
      [ended.status, ended.progress.states, ended.progress.failures],
      ['completed', { deployed: 2, unchanged: 1 }, {}],
    );
    assert.deepEqual(await trial.versions(tenantIds), ['2.0.0', '2.0.0', '2.0.0']);
    for (const tenantId of tenantIds) {
      const { desired, running, rollout } = await fleet.getTenantRelease(tenantId);
      assert.deepEqual([desired, running, rollout?.id], ['indexed', 'indexed', rolloutId]);
    }
    const { items } = await fleet.listRolloutTenants(rolloutId, { state: 'deployed' });
    for (const { tenantId, deploymentId } of items)
      assert.equal((await subject.deployments.latest(tenantId))?.id, deploymentId);
  }),
  refuse: must('`startRollout` refuses what can never succeed, before the first change', async (trial) => {
    const { fleet } = trial;
    const tenantIds = await trial.open(2, 'removed', 'unique');
    const [first = ''] = tenantIds;
    const removed = await fleet.planRollout('removed');
    const { details } = await refused(fleet.startRollout(removed), 'destructive_not_allowed');
    assert.deepEqual(details.changes, [REMOVED_EMAIL]);
    const allow = [REMOVED_EMAIL];
    for (const strategy of [
      { allow: [...allow, 'odd'] },
      { allow, waves: [{ percent: 0 }] },
      { allow, canary: { tenantIds: ['unknown'] } },
      { allow, odd: 1 },
    ])
      await refused(fleet.startRollout(removed, strategy), 'invalid_request');
    await trial.duplicate(first);
    const unique = await fleet.planRollout('unique');
    for (const strategy of [
      {},
      { errorBudget: { tenants: 1 }, errorBudgets: { unique_violation: { tenants: 0 } } },
      { errorBudget: { tenants: 1 }, canary: { tenantIds: [first] } },
    ])
      await refused(fleet.startRollout(unique, strategy), 'invalid_request');
    assert.deepEqual(await trial.versions(tenantIds), ['1.0.0', '1.0.0']);
    assert.equal((await fleet.getRollout(removed.rolloutId)).status, 'planned');
  }),
  conflict: must('`startRollout` refuses a tenant of another rollout, and names it', async (trial) => {
    const { fleet } = trial;
    const [first = '', second = ''] = await trial.open(2, 'indexed', 'removed');
    const one = await fleet.planRollout('indexed');
    const other = await fleet.planRollout('removed', { tenantIds: [second] });
    await fleet.startRollout(one, { canary: { tenantIds: [first] }, bakeMs: 60_000 });
    await trial.baking(one.rolloutId);
    await fleet.pauseRollout(one.rolloutId);
    const allow = [REMOVED_EMAIL];
    const { details } = await refused(fleet.startRollout(other, { allow }), 'rollout_conflict');
    assert.equal(details.rolloutId, one.rolloutId);
    await fleet.abortRollout(one.rolloutId);
    await trial.ended(one.rolloutId);
    await fleet.startRollout(other, { allow });
    assert.equal((await trial.ended(other.rolloutId)).status, 'completed');
  }),
  waves: must(
    'a rollout proceeds by canary and waves, and tenants with records come first',
    async (trial) => {
      const { fleet } = trial;
      const tenantIds = await trial.open(5, 'indexed');
      const [, , withRecords = ''] = tenantIds;
      await trial.duplicate(withRecords);
      const { rolloutId } = await fleet.planRollout('indexed');
      await fleet.startRollout(rolloutId, { waves: [{ tenants: 2 }, { percent: 20 }], bakeMs: 60_000 });
      await trial.baking(rolloutId);
      const { items } = await fleet.listRolloutTenants(rolloutId);
      const deployed = items.filter(({ state }) => state === 'deployed');
      assert.deepEqual(
        deployed.map(({ tenantId, wave }) => [tenantId, wave]),
        [[withRecords, 0]],
      );
      const sizes = [0, 1, 2, 3].map((wave) => items.filter((one) => one.wave === wave).length);
      assert.deepEqual(sizes, [1, 2, 1, 1]);
      await fleet.abortRollout(rolloutId);
      await trial.ended(rolloutId);
    },
  ),
  budget: must(
    'a rollout stops when its error budget is exceeded, and retries when resumed',
    async (trial) => {
      const { fleet } = trial;
      const tenantIds = await trial.open(3, 'unique');
      const [first = ''] = tenantIds;
      const { rolloutId } = await fleet.planRollout('unique');
      const [id = ''] = await trial.duplicate(first);
      await fleet.startRollout(rolloutId, { canary: { tenantIds: [first] }, concurrency: 1 });
      const stopped = await trial.ended(rolloutId);
      assert.deepEqual(
        [stopped.status, stopped.progress.states, stopped.progress.failures],
        ['stopped', { failed: 1, pending: 2 }, { unique_violation: 1 }],
      );
      assert.deepEqual(await trial.versions(tenantIds), ['1.0.0', '1.0.0', '1.0.0']);
      await (await trial.driver(first)).delete('account', id);
      await fleet.resumeRollout(rolloutId);
      const ended = await trial.ended(rolloutId);
      assert.deepEqual([ended.status, ended.progress.states], ['completed', { deployed: 3 }]);
    },
  ),
  changed: must(
    'a tenant that changed after planning gets no change that was not approved',
    async (trial) => {
      const { fleet, subject } = trial;
      const tenantIds = await trial.open(2, 'first', 'indexed');
      const plan = await fleet.planRollout('first');
      await subject.deployments.deploy(tenantIds[0] ?? '', RELEASES.indexed);
      await fleet.startRollout(plan, { errorBudget: { tenants: 1 } });
      const ended = await trial.ended(plan.rolloutId);
      assert.deepEqual(ended.progress.failures, { destructive_not_allowed: 1 });
      assert.deepEqual(await trial.versions(tenantIds), ['2.0.0', '1.0.0']);
    },
  ),
};

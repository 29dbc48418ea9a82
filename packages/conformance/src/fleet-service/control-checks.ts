import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type FleetChecks, must } from './fleet-check.js';
import { RELEASES } from './sample-releases.js';

const BAKE_MS = 60_000;

export const controlChecks: FleetChecks = {
  pause: must('a rollout pauses at a boundary of waves, and another process continues it', async (trial) => {
    const { fleet, subject } = trial;
    await trial.open(3, 'indexed');
    const { rolloutId } = await fleet.planRollout('indexed');
    await fleet.startRollout(rolloutId, { waves: [{ tenants: 1 }], bakeMs: BAKE_MS });
    let driver = fleet;
    for (const deployed of [1, 2]) {
      await trial.baking(rolloutId, driver);
      for (let repeat = 0; repeat < 2; repeat++)
        assert.equal((await driver.pauseRollout(rolloutId)).status, 'paused');
      const paused = await trial.ended(rolloutId, driver);
      assert.deepEqual(paused.progress.states, { deployed, pending: 3 - deployed });
      driver = (await subject.another()).fleet;
      await driver.resumeRollout(rolloutId);
    }
    const ended = await trial.ended(rolloutId, driver);
    assert.deepEqual([ended.status, ended.progress.states], ['completed', { deployed: 3 }]);
    await refused(driver.pauseRollout(rolloutId), 'invalid_state');
  }),
  abort: must('`abortRollout` ends a rollout for good; deployed tenants keep the release', async (trial) => {
    const { fleet } = trial;
    const tenantIds = await trial.open(2, 'indexed');
    const { rolloutId } = await fleet.planRollout('indexed');
    await fleet.startRollout(rolloutId, { bakeMs: BAKE_MS });
    await trial.baking(rolloutId);
    for (let repeat = 0; repeat < 2; repeat++)
      assert.equal((await fleet.abortRollout(rolloutId)).status, 'aborted');
    const ended = await trial.ended(rolloutId);
    assert.deepEqual(ended.progress.states, { deployed: 1, pending: 1 });
    const desired = await Promise.all(
      tenantIds.map(async (id) => (await fleet.getTenantRelease(id)).desired ?? 'none'),
    );
    assert.deepEqual(desired.sort(), ['indexed', 'none']);
    await refused(fleet.resumeRollout(rolloutId), 'invalid_state');
  }),
  rollback: must(
    '`rollbackRollout` rolls back what the rollout deployed, and nothing else',
    async (trial) => {
      const { fleet, subject } = trial;
      const tenantIds = await trial.open(3, 'indexed');
      const [before = '', later = '', other = ''] = tenantIds;
      const [id = ''] = await trial.duplicate(other);
      await subject.deployments.deploy(before, RELEASES.indexed);
      const { rolloutId } = await fleet.planRollout('indexed');
      await refused(fleet.rollbackRollout(rolloutId), 'invalid_state');
      await fleet.startRollout(rolloutId);
      await trial.ended(rolloutId);
      const { deploymentId } = await subject.deployments.deploy(later, {
        ...RELEASES.indexed,
        manifest: { version: '2.1.0' },
      });
      await fleet.rollbackRollout(rolloutId);
      const ended = await trial.ended(rolloutId);
      assert.deepEqual(
        [ended.status, ended.progress.states],
        ['rolled_back', { unchanged: 1, rollback_failed: 1, rolled_back: 1 }],
      );
      assert.deepEqual(await trial.versions(tenantIds), ['2.0.0', '2.1.0', '1.0.0']);
      assert.equal((await (await trial.driver(other)).findOne('account', { where: { id } }))?.name, 'a');
      assert.equal((await fleet.rollbackRollout(rolloutId)).status, 'rolled_back');
      assert.equal((await fleet.getTenantRelease(other)).desired, null);
      await subject.deployments.rollbackDeployment(later, deploymentId);
      await fleet.resumeRollout(rolloutId);
      const again = await trial.ended(rolloutId);
      assert.deepEqual(
        [again.status, again.progress.states],
        ['rolled_back', { unchanged: 1, rolled_back: 2 }],
      );
      assert.deepEqual(await trial.versions(tenantIds), ['2.0.0', '1.0.0', '1.0.0']);
      await refused(fleet.resumeRollout(rolloutId), 'invalid_state');
    },
  ),
  elsewhere: must('of two processes that start a rollout, one deploys to each tenant once', async (trial) => {
    const { fleet, subject } = trial;
    const tenantIds = await trial.open(3, 'indexed');
    const { rolloutId } = await fleet.planRollout('indexed');
    const services = [fleet, (await subject.another()).fleet];
    await Promise.all(services.map((service) => service.startRollout(rolloutId)));
    const [one, other] = await Promise.all(services.map((service) => trial.ended(rolloutId, service)));
    assert.deepEqual([one, one?.status], [other, 'completed']);
    for (const tenantId of tenantIds)
      assert.equal((await subject.deployments.list(tenantId)).items.length, 2);
    await refused(fleet.startRollout(rolloutId, { concurrency: 2 }), 'invalid_state');
  }),
  list: must('rollouts and their tenants are listed in pages', async (trial) => {
    const { fleet, advance } = trial;
    const tenantIds = await trial.open(3, 'indexed');
    const planned: string[] = [];
    for (let index = 0; index < 3; index++) {
      planned.unshift((await fleet.planRollout('indexed')).rolloutId);
      advance(1_000);
    }
    const { items, nextCursor } = await fleet.listRollouts({ limit: 2 });
    const rest = await fleet.listRollouts({ limit: 2, cursor: nextCursor ?? '' });
    assert.deepEqual(
      [...items, ...rest.items].map(({ id }) => id),
      planned,
    );
    const [id = ''] = planned;
    const page = await fleet.listRolloutTenants(id, { page: { limit: 2 } });
    const next = await fleet.listRolloutTenants(id, { page: { limit: 2, cursor: page.nextCursor ?? '' } });
    const listed = [...page.items, ...next.items].map(({ tenantId }) => tenantId);
    assert.deepEqual([listed, next.nextCursor], [tenantIds, null]);
    await refused(fleet.listRolloutTenants(id, { state: 'odd' as never }), 'invalid_request');
  }),
};

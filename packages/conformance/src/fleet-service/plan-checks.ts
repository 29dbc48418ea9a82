import assert from 'node:assert/strict';
import { RolloutPlanSchema } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { type FleetChecks, must } from './fleet-check.js';
import { RELEASES, REMOVED_EMAIL } from './sample-releases.js';

export const planChecks: FleetChecks = {
  groups: must(
    '`planRollout` makes one plan for each distinct schema, and changes nothing',
    async (trial) => {
      const { fleet, subject } = trial;
      const tenantIds = await trial.open(3, 'indexed');
      await subject.deployments.deploy(tenantIds[0] ?? '', RELEASES.indexed);
      const plan = await fleet.planRollout('indexed');
      assert.deepEqual(RolloutPlanSchema.parse(plan), plan);
      assert.deepEqual([plan.tenants, plan.refusedTenants, plan.upToDateTenants], [3, 0, 1]);
      assert.deepEqual(
        plan.groups.map(({ tenants, hasChanges }) => [tenants, hasChanges]),
        [
          [2, true],
          [1, false],
        ],
      );
      assert.deepEqual(await trial.versions(tenantIds), ['2.0.0', '1.0.0', '1.0.0']);
      const { status, progress } = await fleet.getRollout(plan.rolloutId);
      assert.deepEqual([status, progress.states], ['planned', { pending: 3 }]);
      const { desired } = await fleet.getTenantRelease(tenantIds[1] ?? '');
      assert.equal(desired, null);
    },
  ),
  refusals: must('`planRollout` refuses tenants with their reason, and plans the others', async (trial) => {
    const { fleet, subject } = trial;
    const tenantIds = await trial.open(3, 'unique');
    const [violating = '', suspended = '', sound = ''] = tenantIds;
    const ids = await trial.duplicate(violating);
    await subject.provisioning.suspendTenant(suspended);
    const plan = await fleet.planRollout('unique', { tenantIds: [...tenantIds, 'unknown'] });
    assert.deepEqual([plan.tenants, plan.refusedTenants], [4, 3]);
    const codes = plan.refusals.map(({ code, samples }) => [code, samples[0]?.tenantId]);
    assert.deepEqual(Object.fromEntries(codes), {
      unique_violation: violating,
      tenant_suspended: suspended,
      tenant_not_found: 'unknown',
    });
    const violation = plan.refusals.find(({ code }) => code === 'unique_violation');
    assert.equal(violation?.object, 'account');
    for (const id of violation?.samples[0]?.recordIds ?? assert.fail('There are no samples.'))
      assert.ok(ids.includes(id));
    const { items } = await fleet.listRolloutTenants(plan.rolloutId, { state: 'pending' });
    assert.deepEqual(
      items.map(({ tenantId }) => tenantId),
      [sound],
    );
  }),
  approvals: must(
    '`planRollout` lists the changes that need approval, and what they affect',
    async (trial) => {
      const tenantIds = await trial.open(2, 'removed');
      await trial.duplicate(tenantIds[0] ?? '');
      const { approvals } = await trial.fleet.planRollout('removed');
      assert.deepEqual(
        approvals.map(({ id, risk, tenants, affectedTenants, rows }) => [
          id,
          risk,
          tenants,
          affectedTenants,
          rows,
        ]),
        [[REMOVED_EMAIL, 'loses_data', 2, 1, 2]],
      );
    },
  ),
  selection: must('`planRollout` selects tenants by their properties', async (trial) => {
    const { fleet } = trial;
    const [first = '', second = ''] = await trial.open(3, 'indexed');
    await fleet.setTenantChannel(first, 'beta');
    const selections = [{}, { channel: 'beta' }, { channel: 'stable' }, { tenantIds: [second] }];
    const counts: number[] = [];
    for (const selection of selections) counts.push((await fleet.planRollout('indexed', selection)).tenants);
    assert.deepEqual(counts, [3, 1, 2, 1]);
  }),
  invalid: must('`planRollout` rejects empty and malformed selections', async (trial) => {
    await trial.open(1, 'indexed');
    const { fleet } = trial;
    for (const selection of [{ channel: 'none' }, { organizationId: 'none' }, { odd: 1 }, { tenantIds: [] }])
      await refused(fleet.planRollout('indexed', selection), 'invalid_request');
    await refused(fleet.planRollout('none'), 'release_not_found');
    await refused(fleet.getRollout('none'), 'rollout_not_found');
  }),
};

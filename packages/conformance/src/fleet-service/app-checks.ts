import assert from 'node:assert/strict';
import type { AppManifestInput } from '@objectstack/spec/system';
import { ReleaseSchema, RolloutPlanSchema } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { type FleetChecks, must } from './fleet-check.js';
import type { FleetTrial } from './fleet-trial.js';
import { RELEASES } from './sample-releases.js';

const VIEW = {
  name: 'crm__all',
  label: 'All',
  object: 'crm__lead',
  list: { type: 'grid', columns: ['code'] },
};

const CRM = {
  name: 'crm',
  namespace: 'crm',
  version: '1.0.0',
  objects: [{ name: 'crm__lead', fields: { code: { type: 'text', unique: true } } }],
  views: [VIEW],
} satisfies AppManifestInput;

const CRM_1_1 = {
  ...CRM,
  version: '1.1.0',
  objects: [
    { name: 'crm__lead', fields: { code: { type: 'text', unique: true }, size: { type: 'number' } } },
  ],
  views: [{ ...VIEW, label: 'Everything' }],
} satisfies AppManifestInput;

/** Seed data that violates the unique code of a record of the tenant. */
const CRM_1_2 = {
  ...CRM_1_1,
  version: '1.2.0',
  seedData: [{ object: 'crm__lead', externalId: 'size', records: [{ size: 1, code: 'own' }] }],
} satisfies AppManifestInput;

/** Tenants with the app, and one without. */
async function openApps(trial: FleetTrial, tenants: number) {
  const tenantIds = await trial.open(tenants + 1);
  const { apps } = trial.subject;
  const [without = '', ...withApp] = tenantIds;
  for (const tenantId of withApp)
    assert.ok((await apps.installApp(tenantId, CRM, {})).success, 'The app cannot be installed.');
  const versions = () => Promise.all(withApp.map(async (id) => (await apps.get(id, 'crm')).version));
  return { apps, without, withApp, versions };
}

export const appChecks: FleetChecks = {
  release: must('`createAppRelease` names a version of an app once', async ({ fleet }) => {
    const release = await fleet.createAppRelease(CRM, { name: 'crm-1' });
    assert.deepEqual(ReleaseSchema.parse(release), release);
    assert.deepEqual([release.name, release.appId, release.bundleVersion], ['crm-1', 'crm', '1.0.0']);
    assert.deepEqual(await fleet.createAppRelease(CRM, { name: 'crm-1' }), release);
    assert.deepEqual(await fleet.getRelease('crm-1'), release);
    await refused(fleet.createAppRelease(CRM_1_1, { name: 'crm-1' }), 'release_exists');
    await refused(fleet.createAppRelease(CRM, { name: 'crm-2' }), 'release_exists');
    const malformed = { ...CRM, version: 'x' };
    await refused(fleet.createAppRelease(malformed, { name: 'crm-3' }), 'invalid_request');
    await refused(fleet.setChannel('stable', 'crm-1'), 'invalid_request');
  }),
  upgrade: must('a rollout of an app version upgrades the app in the tenants that have it', async (trial) => {
    const { fleet } = trial;
    const { apps, without, withApp, versions } = await openApps(trial, 3);
    await fleet.createAppRelease(CRM_1_1, { name: 'crm-1.1' });
    const plan = await fleet.planRollout('crm-1.1');
    assert.deepEqual(RolloutPlanSchema.parse(plan), plan);
    assert.deepEqual([plan.appId, plan.tenants, plan.groups.length], ['crm', 3, 1]);
    assert.deepEqual(await versions(), ['1.0.0', '1.0.0', '1.0.0']);
    await fleet.startRollout(plan);
    const ended = await trial.ended(plan.rolloutId);
    assert.deepEqual([ended.status, ended.progress.states], ['completed', { deployed: 3 }]);
    assert.deepEqual(await versions(), ['1.1.0', '1.1.0', '1.1.0']);
    assert.deepEqual(await apps.list(without), []);
    const { desired, rollout } = await fleet.getTenantRelease(withApp[0] ?? '');
    assert.deepEqual([desired, rollout], [null, null]);
    assert.equal((await fleet.planRollout('crm-1.1')).upToDateTenants, 3);
    await fleet.rollbackRollout(plan.rolloutId);
    await trial.ended(plan.rolloutId);
    assert.deepEqual(await versions(), ['1.0.0', '1.0.0', '1.0.0']);
  }),
  merge: must('a rollout of an app version merges what tenants changed, as it was planned', async (trial) => {
    const { fleet, subject } = trial;
    const { apps, withApp } = await openApps(trial, 1);
    const [tenantId = ''] = withApp;
    await subject.deployments.deploy(tenantId, { ...RELEASES.first, views: [{ ...VIEW, label: 'Ours' }] });
    await fleet.createAppRelease(CRM_1_1, { name: 'crm-1.1' });
    for (const onConflict of ['keep_tenant', 'take_app'] as const) {
      const plan = await fleet.planRollout('crm-1.1', { tenantIds: [tenantId] }, { upgrade: { onConflict } });
      assert.equal(plan.upgrade?.onConflict, onConflict);
      await fleet.startRollout(plan);
      await trial.ended(plan.rolloutId);
      const { components } = await apps.get(tenantId, 'crm');
      const view = components.find(({ kind }) => kind === 'view');
      assert.equal(view?.isModified, onConflict === 'keep_tenant');
      await fleet.rollbackRollout(plan.rolloutId);
      await trial.ended(plan.rolloutId);
    }
    await fleet.createRelease(RELEASES.first, { name: 'first' });
    await refused(fleet.planRollout('first', {}, { upgrade: {} }), 'invalid_request');
  }),
  refusals: must('`planRollout` tells why an app version cannot be installed in a tenant', async (trial) => {
    const { fleet } = trial;
    const { apps, withApp, versions } = await openApps(trial, 2);
    await apps.upgradeApp(withApp[0] ?? '', 'crm', CRM_1_1);
    await fleet.createAppRelease(CRM, { name: 'crm-1' });
    const { refusals, upToDateTenants } = await fleet.planRollout('crm-1');
    assert.deepEqual(
      refusals.map(({ code, appIssue, tenants }) => [code, appIssue?.code, tenants]),
      [['app_incompatible', 'downgrade', 1]],
    );
    assert.equal(upToDateTenants, 1);
    const plan = await fleet.planRollout('crm-1', undefined, { upgrade: { allowDowngrade: true } });
    await fleet.startRollout(plan, { allow: plan.approvals.map(({ id }) => id) });
    await trial.ended(plan.rolloutId);
    assert.deepEqual(await versions(), ['1.0.0', '1.0.0']);
  }),
  undone: must('an upgrade whose seed data cannot be written leaves the previous version', async (trial) => {
    const { fleet } = trial;
    const { withApp, versions } = await openApps(trial, 1);
    const driver = await trial.driver(withApp[0] ?? '');
    await driver.create('crm__lead', { code: 'own' });
    await fleet.createAppRelease(CRM_1_2, { name: 'crm-1.2' });
    const plan = await fleet.planRollout('crm-1.2');
    await fleet.startRollout(plan);
    const { status, progress } = await trial.ended(plan.rolloutId);
    assert.deepEqual([status, progress.failures], ['stopped', { seed_failed: 1 }]);
    assert.deepEqual(await versions(), ['1.0.0']);
    assert.equal(await driver.count('crm__lead'), 1);
  }),
};

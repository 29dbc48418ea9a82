import type { RolloutPlan } from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { BILLING, CONTACTS, SEALER } from '../../test/app-plane.js';
import { openFleet, REMOVED, V2 } from '../../test/fleet-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { createAppService } from '../apps/create-app-service.js';

/** Two tenants, of which the first has apps. */
async function openMixedFleet() {
  const plane = await openFleet(2);
  const apps = createAppService({ ...plane, environment: 'prod', runtimeVersion: '1.2.3', sealer: SEALER });
  const [tenantId = '', other = ''] = plane.tenantIds;
  await apps.installApp(tenantId, CONTACTS, {});
  await apps.installApp(tenantId, BILLING, { api_key: 'k' });
  const { fleet } = plane;
  const run = async (plan: RolloutPlan, allow: string[] = []) => {
    await fleet.startRollout(plan, { allow });
    return fleet.waitForRollout(plan.rolloutId);
  };
  const versions = async () => (await apps.list(tenantId)).map(({ appId, version }) => [appId, version]);
  return { ...plane, apps, tenantId, other, run, versions };
}

const INSTALLED = [
  ['contacts', '1.0.0'],
  ['billing', '1.0.0'],
];

describe('a rollout to tenants with apps', () => {
  it('deploys the release together with the apps of each tenant, and rolls it back', async () => {
    const { fleet, tenantId, router, run, versions, deployments, dataPlane } = await openMixedFleet();
    await fleet.createRelease(V2, { name: '2' });
    const plan = await fleet.planRollout('2');
    expect(plan).toMatchObject({ tenants: 2, refusedTenants: 0, upToDateTenants: 0 });
    const ended = await run(plan);
    expect(ended.progress.states).toMatchObject({ deployed: 2 });
    const driver = await router.getTenantClient(tenantId);
    await driver.create('account', { name: 'A', rating: 1, contacts__score: 2 });
    expect(await driver.count('contacts__person')).toBe(2);
    expect(await versions()).toEqual(INSTALLED);
    expect((await deployments.latest(tenantId))?.bundleVersion).toBe('2.0.0');
    expect(await fleet.planRollout('2')).toMatchObject({ upToDateTenants: 2 });
    await fleet.rollbackRollout(plan.rolloutId);
    await fleet.waitForRollout(plan.rolloutId);
    expect(await versions()).toEqual(INSTALLED);
    const { objects } = await dataPlane.schemaDiff.introspect(driver);
    const account = objects.find(({ definition }) => definition.name === 'account')?.definition;
    expect(Object.keys(account?.fields ?? {}).sort()).toEqual(['contacts__score', 'email', 'name']);
  });

  it('changes only what the release changes', async () => {
    const { fleet, run, versions } = await openMixedFleet();
    await fleet.createRelease(REMOVED, { name: 'removed' });
    const plan = await fleet.planRollout('removed');
    expect(plan.approvals.map(({ id }) => id)).toEqual(['remove_field:account.email']);
    const ended = await run(plan, ['remove_field:account.email']);
    expect(ended.progress.states).toMatchObject({ deployed: 2 });
    expect(await versions()).toEqual(INSTALLED);
  });

  it('refuses tenants whose apps do not fit the release', async () => {
    const { fleet, tenantId } = await openMixedFleet();
    await fleet.createRelease(bundleOf({ objects: [objectOf('note', {})] }, '5.0.0'), { name: '5' });
    const { refusals } = await fleet.planRollout('5');
    expect(refusals).toMatchObject([{ code: 'invalid_bundle', samples: [{ tenantId }] }]);
  });
});

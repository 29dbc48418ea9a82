import { ObjectStackError } from '@objectstack/spec/shared';
import type { RolloutPlan, RolloutStrategyInput } from '@objectstack/spec/system';
import { describe, expect, it, onTestFinished } from 'vitest';
import { BILLING, CONTACTS, CONTACTS_2, SEALER } from '../../test/app-plane.js';
import { openFleet, V1 } from '../../test/fleet-plane.js';
import { createAppService } from '../apps/create-app-service.js';
import { createFleetService } from './create-fleet-service.js';

const SECRET = 'sk-very-secret';
const BILLING_2 = { ...BILLING, version: '1.1.0', flows: [{ name: 'billing__remind', nodes: [] }] };
const [PEOPLE] = CONTACTS.views as [(typeof CONTACTS.views)[number]];
const CONTACTS_3 = {
  ...CONTACTS,
  version: '1.1.0',
  views: [{ ...PEOPLE, label: 'People' }],
};

/** Tenants, of which the last does not have the apps. */
async function openAppFleet(tenants: number) {
  const plane = await openFleet(tenants + 1);
  const apps = createAppService({ ...plane, environment: 'prod', runtimeVersion: '1.2.3', sealer: SEALER });
  const withApps = plane.tenantIds.slice(0, tenants);
  for (const [index, tenantId] of withApps.entries()) {
    await apps.installApp(tenantId, CONTACTS, {});
    await apps.installApp(tenantId, BILLING, { api_key: `${SECRET}-${index}` });
  }
  const { fleet } = plane;
  const run = async (plan: RolloutPlan, strategy: RolloutStrategyInput = {}) => {
    await fleet.startRollout(plan, strategy);
    return fleet.waitForRollout(plan.rolloutId);
  };
  const versionOf = async (tenantId: string, appId: string) => (await apps.get(tenantId, appId)).version;
  return { ...plane, apps, withApps, without: plane.tenantIds.at(-1) ?? '', run, versionOf };
}

describe('a rollout of the version of an app', () => {
  it('upgrades the app in every tenant that has it, and rolls the upgrades back', async () => {
    const { fleet, apps, withApps, without, run, versionOf, router, deployments } = await openAppFleet(3);
    await fleet.createAppRelease(BILLING_2, { name: 'billing-1.1' });
    const plan = await fleet.planRollout('billing-1.1');
    expect(plan).toMatchObject({ appId: 'billing', tenants: 3, refusedTenants: 0, upToDateTenants: 0 });
    // The sealed secrets differ, and the statements do not.
    expect(plan.groups).toMatchObject([{ tenants: 3 }]);
    const ended = await run(plan);
    expect(ended.progress).toMatchObject({
      states: { deployed: 3 },
      waves: [{ wave: 0, tenants: 1 }, {}, {}],
    });
    for (const tenantId of withApps) {
      expect(await apps.get(tenantId, 'billing')).toMatchObject({
        version: '1.1.0',
        secretSettings: ['api_key'],
      });
      expect(await (await router.getTenantClient(tenantId)).count('contacts__person')).toBe(2);
      const { planHash: _, ...member } = (await fleet.listRolloutTenants(plan.rolloutId)).items[0] ?? {};
      expect(JSON.stringify([ended, member])).not.toContain(SECRET);
    }
    expect(await apps.list(without)).toEqual([]);
    expect((await deployments.latest(without))?.bundleVersion).toBe('1.0.0');
    expect(await fleet.planRollout('billing-1.1')).toMatchObject({ tenants: 3, upToDateTenants: 3 });
    await fleet.rollbackRollout(plan.rolloutId);
    await fleet.waitForRollout(plan.rolloutId);
    for (const tenantId of withApps) expect(await versionOf(tenantId, 'billing')).toBe('1.0.0');
  });

  it('merges what each tenant changed, as the plan of the rollout decides', async () => {
    const { fleet, apps, withApps, run, deployments, versionOf } = await openAppFleet(2);
    const [edited = '', plain = ''] = withApps;
    await deployments.deploy(edited, { ...V1, views: [{ ...PEOPLE, label: 'Our people' }] });
    await fleet.createAppRelease(CONTACTS_3, { name: 'contacts-1.1' });
    const only = { tenantIds: [edited, plain] };
    for (const [onConflict, isModified] of [
      ['keep_tenant', true],
      ['take_app', false],
    ] as const) {
      const plan = await fleet.planRollout('contacts-1.1', only, { upgrade: { onConflict } });
      expect(plan.upgrade).toEqual({ onConflict, decisions: {}, allowDowngrade: false });
      expect((await run(plan)).progress.states).toEqual({ deployed: 2 });
      const view = async (tenantId: string) =>
        (await apps.get(tenantId, 'contacts')).components.find(({ kind }) => kind === 'view');
      expect([await view(edited), await view(plain)]).toMatchObject([{ isModified }, { isModified: false }]);
      await fleet.rollbackRollout(plan.rolloutId);
      await fleet.waitForRollout(plan.rolloutId);
      expect(await versionOf(edited, 'contacts')).toBe('1.0.0');
    }
  });

  it('refuses tenants in which the version cannot be installed, with the reason', async () => {
    const { fleet, apps, withApps, run, versionOf } = await openAppFleet(2);
    const [blocked = '', free = ''] = withApps;
    await apps.uninstallApp(free, 'billing');
    await fleet.createAppRelease(CONTACTS_2, { name: 'contacts-2' });
    const plan = await fleet.planRollout('contacts-2');
    expect(plan.refusals).toMatchObject([
      {
        code: 'app_incompatible',
        appIssue: { code: 'depended_on_by', subject: 'billing' },
        tenants: 1,
        samples: [{ tenantId: blocked }],
      },
    ]);
    const ended = await run(plan, { errorBudget: { tenants: 1 } });
    expect(ended.progress.states).toEqual({ refused: 1, deployed: 1 });
    await fleet.createAppRelease(CONTACTS, { name: 'contacts-1' });
    const older = { tenantIds: [free] };
    const refused = await fleet.planRollout('contacts-1', older);
    expect(refused.refusals).toMatchObject([{ appIssue: { code: 'downgrade' } }]);
    const downgrade = await fleet.planRollout('contacts-1', older, { upgrade: { allowDowngrade: true } });
    await run(downgrade, { allow: downgrade.approvals.map(({ id }) => id) });
    expect(await versionOf(free, 'contacts')).toBe('1.0.0');
  });

  it('leaves the previous version where the seed data cannot be written, and completes later', async () => {
    const { fleet, withApps, run, versionOf, router } = await openAppFleet(1);
    const [tenantId = ''] = withApps;
    const driver = await router.getTenantClient(tenantId);
    await driver.create('contacts__person', { id: 'taken', code: 'own' });
    const seedData = [
      { object: 'contacts__person', externalId: 'name', records: [{ name: 'Zoe', code: 'own' }] },
    ];
    await fleet.createAppRelease({ ...CONTACTS_3, seedData }, { name: 'odd' });
    const plan = await fleet.planRollout('odd');
    const ended = await run(plan);
    expect(ended).toMatchObject({ status: 'stopped', progress: { failures: { seed_failed: 1 } } });
    expect(await versionOf(tenantId, 'contacts')).toBe('1.0.0');
    await driver.delete('contacts__person', 'taken');
    await fleet.resumeRollout(plan.rolloutId);
    expect((await fleet.waitForRollout(plan.rolloutId)).progress.states).toEqual({ deployed: 1 });
    expect(await versionOf(tenantId, 'contacts')).toBe('1.1.0');
  });

  it('upgrades once if the process ends before the outcome is recorded', async () => {
    const { fleet, withApps, registry, openService, deployments, ...plane } = await openAppFleet(1);
    const [tenantId = ''] = withApps;
    await fleet.createAppRelease(BILLING_2, { name: 'billing-1.1' });
    const { rolloutId } = await fleet.planRollout('billing-1.1');
    const end = async () => {
      throw new ObjectStackError({ code: 'internal', message: 'The process ends.' });
    };
    const ending = createFleetService({
      ...plane,
      registry: new Proxy(registry, {
        get: (target, name) => (name === 'saveRolloutTenants' ? end : Reflect.get(target, name, target)),
      }),
      environment: 'prod',
      runtimeVersion: '1.2.3',
      sealer: SEALER,
    });
    onTestFinished(() => ending.stop());
    await ending.startRollout(rolloutId, {});
    await ending.waitForRollout(rolloutId).catch(() => undefined);
    await ending.stop();
    const { items: before } = await deployments.list(tenantId);
    expect(before[0]).toMatchObject({ status: 'ready' });
    await fleet.resumeRollout(rolloutId);
    expect((await fleet.waitForRollout(rolloutId)).progress.states).toEqual({ deployed: 1 });
    expect((await deployments.list(tenantId)).items).toHaveLength(before.length);
    await fleet.rollbackRollout(rolloutId);
    expect((await fleet.waitForRollout(rolloutId)).progress.states).toEqual({ rolled_back: 1 });
  });

  it('leaves out tenants that no longer have the app', async () => {
    const { fleet, apps, withApps, run } = await openAppFleet(1);
    const [tenantId = ''] = withApps;
    await fleet.createAppRelease(BILLING_2, { name: 'billing-1.1' });
    const plan = await fleet.planRollout('billing-1.1');
    await apps.uninstallApp(tenantId, 'billing');
    expect((await run(plan)).progress.states).toEqual({ unchanged: 1 });
    await expect(fleet.planRollout('billing-1.1')).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('is only for releases of apps, which channels do not have', async () => {
    const { fleet } = await openFleet(1);
    await fleet.createRelease(V1, { name: '1' });
    const release = await fleet.createAppRelease(CONTACTS, { name: 'contacts-1' });
    expect(release).toMatchObject({ appId: 'contacts', bundleVersion: '1.0.0' });
    expect(await fleet.createAppRelease(CONTACTS, { name: 'contacts-1' })).toEqual(release);
    const refused = { code: 'invalid_request' };
    await expect(fleet.planRollout('1', {}, { upgrade: {} })).rejects.toMatchObject(refused);
    await expect(fleet.setChannel('stable', 'contacts-1')).rejects.toMatchObject(refused);
    const noManifest = { name: 'Contacts' } as unknown as typeof CONTACTS;
    await expect(fleet.createAppRelease(noManifest, { name: 'a' })).rejects.toMatchObject(refused);
    await expect(fleet.createAppRelease(CONTACTS_2, { name: 'contacts-1' })).rejects.toMatchObject({
      code: 'release_exists',
    });
  });
});

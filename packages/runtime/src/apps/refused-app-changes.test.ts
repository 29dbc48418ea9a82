import { describe, expect, it } from 'vitest';
import { BILLING, CONTACTS, CONTACTS_2, SEALER } from '../../test/app-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';
import { openTenantDataPlane } from '../../test/tenant-data-plane.js';

const text = { type: 'text' } as const;
const SECRET = 'sk-canary-77aa';
const OWN = bundleOf({ objects: [objectOf('account', { name: text })] });

async function openApps() {
  const { runtime } = await openTenantDataPlane({ sealer: SEALER });
  const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme', plan: 'pro' });
  await runtime.deployments.deploy(tenantId, OWN);
  expect(await runtime.apps.installApp(tenantId, CONTACTS, {})).toMatchObject({ success: true });
  expect(await runtime.apps.installApp(tenantId, BILLING, { api_key: SECRET })).toMatchObject({
    success: true,
  });
  return { ...runtime, tenantId };
}

describe('the apps of a tenant', () => {
  it('are neither changed nor read while it is suspended, and as before when it is resumed', async () => {
    const { apps, provisioning, tenantId } = await openApps();
    const before = await apps.list(tenantId);
    await provisioning.suspendTenant(tenantId);
    const calls: (() => Promise<unknown>)[] = [
      () => apps.checkCompatibility(tenantId, CONTACTS_2),
      () => apps.installApp(tenantId, { ...CONTACTS, name: 'other', namespace: 'other' }, {}),
      () => apps.upgradeApp(tenantId, 'contacts', CONTACTS_2),
      () => apps.uninstallApp(tenantId, 'billing', { data: 'purge' }),
      () => apps.previewUninstall(tenantId, 'billing'),
      () => apps.list(tenantId),
      () => apps.get(tenantId, 'billing'),
      () => apps.getManifest(tenantId, 'billing'),
      () => apps.listArchives(tenantId),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ code: 'tenant_suspended' });
    await provisioning.resumeTenant(tenantId);
    expect(await apps.list(tenantId)).toEqual(before);
    expect(await apps.upgradeApp(tenantId, 'billing', { ...BILLING, version: '1.1.0' })).toMatchObject({
      success: true,
    });
  });

  it('are within the quota of objects, which uninstalling frees', async () => {
    const { apps, deployments, tenants, tenantId } = await openApps();
    const objects = [0, 1].map((index) => objectOf(`wide__o${index}`, { name: text }));
    const wide = { name: 'wide', namespace: 'wide', version: '1.0.0', objects };
    await tenants.setQuotas(tenantId, { maxObjects: 4 });
    const refused = await apps.installApp(tenantId, wide, {});
    expect(refused).toMatchObject({
      success: false,
      error: {
        code: 'app_incompatible',
        details: { issues: [{ code: 'quota_exceeded', subject: 'maxObjects' }] },
      },
    });
    expect(await apps.checkCompatibility(tenantId, wide)).toMatchObject({ compatible: false });
    expect((await apps.list(tenantId)).map(({ appId }) => appId)).toEqual(['contacts', 'billing']);
    await apps.uninstallApp(tenantId, 'billing');
    expect(await apps.installApp(tenantId, wide, {})).toMatchObject({ success: true });
    expect((await deployments.list(tenantId)).items.every(({ status }) => status === 'ready')).toBe(true);
  });

  it('are not downgraded with a loss of values unless both are asked for, and a rollback restores them', async () => {
    const { apps, deployments, router, tenantId } = await openApps();
    await apps.uninstallApp(tenantId, 'billing');
    await apps.upgradeApp(tenantId, 'contacts', CONTACTS_2);
    const driver = await router.getTenantClient(tenantId);
    const ann = await driver.findOne('contacts__person', { where: { code: 'ann' } });
    await driver.update('contacts__person', ann?.id ?? '', { email: 'ann@example.com', telephone: '9' });
    const values = await driver.find('contacts__person', { orderBy: [{ field: 'code' }] });
    const back = {
      ...CONTACTS,
      objects: [
        {
          name: 'contacts__person',
          fields: { ...CONTACTS.objects[0]?.fields, phone: { ...text, renamedFrom: 'telephone' } },
        },
      ],
    };
    const issuesOf = async (options: object) => {
      const result = await apps.upgradeApp(tenantId, 'contacts', back, options);
      return result.success ? [] : [result.error.code, JSON.stringify(result.error.details)];
    };
    expect(await issuesOf({})).toEqual(['app_incompatible', expect.stringContaining('downgrade')]);
    expect(await issuesOf({ allowDowngrade: true })).toEqual([
      'destructive_not_allowed',
      expect.stringContaining('remove_field:contacts__person.email'),
    ]);
    expect(await driver.find('contacts__person', { orderBy: [{ field: 'code' }] })).toEqual(values);
    const allow = ['remove_field:contacts__person.email'];
    const done = await apps.upgradeApp(tenantId, 'contacts', back, { allowDowngrade: true, allow });
    expect(done).toMatchObject({ success: true, version: '1.0.0' });
    expect(await driver.findOne('contacts__person', { where: { code: 'ann' } })).toMatchObject({
      phone: '9',
    });
    await deployments.rollbackDeployment(tenantId, (await deployments.latest(tenantId))?.id ?? '');
    const restored = await driver.find('contacts__person', { orderBy: [{ field: 'code' }] });
    const known = ({ id, code, email, telephone }: Record<string, unknown>) => [id, code, email, telephone];
    expect(restored.map(known)).toEqual(values.map(known));
  });

  it('reject options that are none, without their values', async () => {
    const { apps, tenantId } = await openApps();
    const uninstall = (options: object) => apps.uninstallApp(tenantId, 'billing', options);
    const upgrade = (options: object) =>
      apps.upgradeApp(tenantId, 'billing', { ...BILLING, version: '1.2.0' }, options);
    const calls: [call: (options: object) => Promise<unknown>, options: object][] = [
      [uninstall, { data: SECRET }],
      [upgrade, { decisions: { 'view/contacts__people': SECRET } }],
      [upgrade, { onConflict: SECRET }],
      [upgrade, { allow: SECRET }],
      [upgrade, { config: [SECRET] }],
      [upgrade, { allowDowngrade: SECRET }],
    ];
    for (const [call, options] of calls) {
      const error = await call(options).catch((thrown: unknown) => thrown);
      expect([options, error]).toMatchObject([{}, { code: 'invalid_request' }]);
      expect(JSON.stringify(error) + String(error)).not.toContain(SECRET);
    }
    expect(await apps.get(tenantId, 'billing')).toMatchObject({ version: '1.0.0' });
  });

  it('are changed by one of two calls at a time, and by both in the end', async () => {
    const { apps, tenantId } = await openApps();
    const results = await Promise.allSettled([
      apps.upgradeApp(tenantId, 'contacts', { ...CONTACTS, version: '1.1.0' }),
      apps.uninstallApp(tenantId, 'billing'),
      apps.uninstallApp(tenantId, 'billing'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(await apps.list(tenantId)).toMatchObject([{ appId: 'contacts', version: '1.1.0' }]);
  });
});

import type { ProblemDetails } from '@objectstack/spec/shared';
import {
  type AppInstallResult,
  AppInstallResultSchema,
  type AppManifestInput,
} from '@objectstack/spec/system';
import { describe, expect, it } from 'vitest';
import { BILLING, CONTACTS, CONTACTS_2, openAppTenant } from '../../test/app-plane.js';
import { deploy } from '../../test/deploy-plane.js';
import { bundleOf, objectOf } from '../../test/sample-bundles.js';

const text = { type: 'text' } as const;
const OWN = bundleOf({ objects: [objectOf('account', { name: text })] });

async function installed() {
  const tenant = await openAppTenant();
  await deploy(tenant, OWN);
  const result = await tenant.apps.installApp(tenant.tenantId, CONTACTS, {});
  return { ...tenant, result };
}

const issuesOf = ({ details = {} }: ProblemDetails) => details.issues as { code: string }[];

const codesOf = (result: AppInstallResult) =>
  result.success
    ? []
    : issuesOf(result.error)
        .map(({ code }) => code)
        .sort();

const objectsIn = async ({
  dataPlane,
  driver,
}: Pick<Awaited<ReturnType<typeof openAppTenant>>, 'dataPlane' | 'driver'>) =>
  (await dataPlane.schemaDiff.introspect(driver)).objects.map(({ definition }) => definition.name);

describe('settings', () => {
  it('that an upgrade gives another type or makes secret must be given again', async () => {
    const { tenantId, apps } = await openAppTenant();
    const settings = { key: { type: 'text', required: true }, size: { type: 'text' } } as const;
    const objects = [{ name: 'keys__key', fields: { name: text } }];
    const app = { name: 'keys', namespace: 'keys', version: '1.0.0', objects, settings } as const;
    await apps.installApp(tenantId, app, { key: 'open', size: 'large' });
    const next = {
      ...app,
      version: '1.1.0',
      settings: { key: { type: 'text', required: true, secret: true }, size: { type: 'number' } },
    } as const;
    expect(codesOf(await apps.upgradeApp(tenantId, 'keys', next))).toEqual(['setting_missing']);
    expect(await apps.upgradeApp(tenantId, 'keys', next, { config: { key: 'hidden' } })).toMatchObject({
      success: true,
    });
    expect(await apps.get(tenantId, 'keys')).toMatchObject({ settings: {}, secretSettings: ['key'] });
  });
});

describe('installApp', () => {
  it('creates the tables, fields and seed data of the app and counts them', async () => {
    const tenant = await installed();
    expect(AppInstallResultSchema.parse(tenant.result)).toMatchObject({
      success: true,
      appId: 'contacts',
      version: '1.0.0',
      createdTables: ['contacts__person'],
      installedObjects: ['contacts__person'],
      seededRecords: 2,
    });
    expect(await tenant.driver.count('contacts__person')).toBe(2);
    await tenant.driver.create('account', { name: 'A', contacts__score: 3 });
  });

  it('changes nothing when repeated, and the tenant keeps the app when it deploys its own bundle', async () => {
    const tenant = await installed();
    const again = await tenant.apps.installApp(tenant.tenantId, CONTACTS, {});
    expect(again).toMatchObject({ success: true, createdTables: [], seededRecords: 0 });
    await deploy(tenant, bundleOf({ objects: [objectOf('account', { name: text, size: text })] }, '2.0.0'));
    expect(await objectsIn(tenant)).toEqual(['account', 'contacts__person']);
    expect(await tenant.driver.count('contacts__person')).toBe(2);
    expect(await tenant.apps.list(tenant.tenantId)).toMatchObject([{ appId: 'contacts', version: '1.0.0' }]);
    const deployed = await tenant.deployments.deploy(tenant.tenantId, OWN, {
      allow: ['remove_field:account.size'],
    });
    expect(deployed.status).toBe('ready');
    expect(await objectsIn(tenant)).toEqual(['account', 'contacts__person']);
  });

  it('installs into a tenant without a bundle, and a rollback removes the app', async () => {
    const tenant = await openAppTenant();
    const result = await tenant.apps.installApp(tenant.tenantId, { ...CONTACTS, objectExtensions: [] }, {});
    expect(result).toMatchObject({ success: true });
    await tenant.deployments.rollbackDeployment(tenant.tenantId, result.deploymentId ?? '');
    expect(await tenant.apps.list(tenant.tenantId)).toEqual([]);
    expect(await objectsIn(tenant)).toEqual([]);
  });

  it('fails with all issues and changes nothing', async () => {
    const tenant = await openAppTenant();
    const result = await tenant.apps.installApp(tenant.tenantId, BILLING, { unknown: 1 });
    expect(result).toMatchObject({ success: false, error: { code: 'app_incompatible' } });
    expect(codesOf(result)).toEqual(['dependency_missing', 'setting_missing', 'setting_unknown']);
    expect(await tenant.registry.listDeployments(tenant.tenantId)).toEqual([]);
  });

  it('seals secret settings and returns the others', async () => {
    const tenant = await installed();
    const result = await tenant.apps.installApp(tenant.tenantId, BILLING, {
      api_key: 's3cret-value',
      limit: 5,
    });
    expect(result).toMatchObject({ success: true });
    const app = await tenant.apps.get(tenant.tenantId, 'billing');
    expect(app).toMatchObject({ settings: { limit: 5, currency: 'EUR' }, secretSettings: ['api_key'] });
    expect(JSON.stringify(app)).not.toContain('s3cret-value');
    expect(await tenant.allText()).not.toContain('s3cret-value');
  });
});

describe('upgradeApp', () => {
  it("renames, adds and preserves user edits of seed data and the tenant's extension", async () => {
    const tenant = await installed();
    const { driver, tenantId, apps } = tenant;
    const own = {
      ...OWN,
      objectExtensions: [
        { extend: 'contacts__person', fields: { nick: text, name: { ...text, label: 'Mine' } } },
      ],
    };
    await deploy(tenant, own);
    const [ann] = await driver.find('contacts__person', { where: { code: 'ann' } });
    await driver.update('contacts__person', ann?.id ?? '', { name: 'Edited', nick: 'A' });
    const result = await apps.upgradeApp(tenantId, 'contacts', CONTACTS_2);
    expect(result).toMatchObject({
      success: true,
      version: '2.0.0',
      conflicts: [
        { component: 'field/contacts__person.name', properties: ['label'], decision: 'keep_tenant' },
      ],
    });
    const people = await driver.find('contacts__person', { orderBy: [{ field: 'code' }] });
    expect(people).toMatchObject([
      { code: 'ann', name: 'Edited', nick: 'A', telephone: '1' },
      { code: 'bob', name: 'Robert', telephone: '2' },
      { code: 'cid' },
    ]);
    await tenant.deployments.rollbackDeployment(tenantId, result.deploymentId ?? '');
    expect(await driver.find('contacts__person', { where: { code: 'ann' } })).toMatchObject([
      { phone: '1', name: 'Edited', nick: 'A' },
    ]);
    expect(await apps.get(tenantId, 'contacts')).toMatchObject({ version: '1.0.0' });
  });
});

describe('uninstallApp', () => {
  it('is refused while something depends on the app, and names it', async () => {
    const tenant = await installed();
    await tenant.apps.installApp(tenant.tenantId, BILLING, { api_key: 'k' });
    await expect(tenant.apps.uninstallApp(tenant.tenantId, 'contacts')).rejects.toMatchObject({
      code: 'app_in_use',
      details: { dependents: ['app/billing'] },
    });
  });

  it('retains the data, which another installation restores', async () => {
    const tenant = await installed();
    const { driver, tenantId, apps } = tenant;
    await driver.create('contacts__person', { code: 'new', name: 'New', phone: '9' });
    const { id } = await driver.create('account', { name: 'A', contacts__score: 3 });
    const before = await driver.find('contacts__person', { orderBy: [{ field: 'code' }] });
    for (let round = 0; round < 2; round++) {
      await apps.uninstallApp(tenantId, 'contacts');
      await apps.uninstallApp(tenantId, 'contacts');
      expect(await objectsIn(tenant)).toEqual(['account']);
      expect(await apps.list(tenantId)).toEqual([]);
      const again = await apps.installApp(tenantId, CONTACTS, {});
      expect(again).toMatchObject({ success: true, restoredRecords: 4 });
      expect(await driver.find('contacts__person', { orderBy: [{ field: 'code' }] })).toEqual(before);
      expect(await driver.findOne('account', { where: { id } })).toMatchObject({ contacts__score: 3 });
    }
  });

  it('restores no value into another record with the same id', async () => {
    const { driver, tenantId, apps } = await installed();
    for (const id of ['kept', 'other']) await driver.create('account', { id, contacts__score: 3 });
    await apps.uninstallApp(tenantId, 'contacts');
    await driver.delete('account', 'other');
    await driver.create('account', { id: 'other', name: 'New' });
    await apps.installApp(tenantId, CONTACTS, {});
    const accounts = await driver.find('account', { orderBy: [{ field: 'id' }] });
    expect(accounts.map((account) => account.contacts__score)).toEqual([3, null]);
  });

  it('restores data whose records refer to deleted ones, and counts on from its numbers', async () => {
    const tenant = await openAppTenant();
    const { tenantId, apps, driver } = tenant;
    await deploy(tenant, OWN);
    const account = { type: 'lookup', reference: 'account' } as const;
    const app = {
      name: 'visits',
      namespace: 'visits',
      version: '1.0.0',
      objects: [
        {
          name: 'visits__visit',
          fields: { no: { type: 'autonumber', format: 'V-{000}', unique: true }, account },
        },
        { name: 'visits__place', fields: { account: { ...account, required: true } } },
      ],
    } satisfies AppManifestInput;
    await apps.installApp(tenantId, app, {});
    const [gone, left] = await driver.bulkCreate('account', [{ name: 'gone' }, { name: 'left' }]);
    for (const { id } of [gone, left, left] as { id: string }[]) {
      await driver.create('visits__visit', { account: id });
      await driver.create('visits__place', { account: id });
    }
    await apps.uninstallApp(tenantId, 'visits');
    await driver.delete('account', String(gone?.id));
    expect(await apps.installApp(tenantId, app, {})).toMatchObject({ success: true, restoredRecords: 5 });
    await driver.create('visits__visit', {});
    expect(await driver.find('visits__visit', { orderBy: [{ field: 'no' }] })).toMatchObject([
      { no: 'V-001' },
      { no: 'V-002', account: left?.id },
      { no: 'V-003', account: left?.id },
      { no: 'V-004' },
    ]);
    expect(await driver.count('visits__place')).toBe(2);
  });

  it('restores no more records than the quota allows', async () => {
    const tenant = await installed();
    const { apps, tenantId, registry, router } = tenant;
    await apps.uninstallApp(tenantId, 'contacts');
    await registry.setQuotaOverrides(tenantId, { maxRecordsPerObject: 1 });
    router.invalidateCache(tenantId);
    expect(await apps.installApp(tenantId, { ...CONTACTS, seedData: [] }, {})).toMatchObject({
      success: false,
      error: { code: 'quota_exceeded', details: { maximum: 1, requested: 2, object: 'contacts__person' } },
    });
    expect(await apps.list(tenantId)).toEqual([]);
    await registry.setQuotaOverrides(tenantId, { maxRecordsPerObject: 2 });
    router.invalidateCache(tenantId);
    expect(await apps.installApp(tenantId, CONTACTS, {})).toMatchObject({
      success: true,
      restoredRecords: 2,
    });
  });

  it('deletes the data if it is purged', async () => {
    const tenant = await installed();
    const { driver, tenantId, apps } = tenant;
    await driver.create('contacts__person', { code: 'new', name: 'New' });
    tenant.clock.advance(Date.now() + 3_600_000 - tenant.clock.now().getTime());
    await apps.uninstallApp(tenantId, 'contacts', { data: 'purge' });
    const again = await apps.installApp(tenantId, CONTACTS, {});
    expect(again).toMatchObject({ success: true, restoredRecords: 0, seededRecords: 2 });
    expect(await driver.count('contacts__person')).toBe(2);
  });
});

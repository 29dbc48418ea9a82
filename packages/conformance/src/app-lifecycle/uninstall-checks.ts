import assert from 'node:assert/strict';
import { AppArchiveSchema, AppUninstallPreviewSchema } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { type AppChecks, must } from './app-check.js';
import { type AppTenantTrial, type AppTrial, succeeded } from './app-trial.js';
import { BILLING, BILLING_SETTINGS, CONTACTS } from './sample-apps.js';

async function withContacts(trial: AppTrial): Promise<AppTenantTrial> {
  const tenant = await trial.tenant();
  await succeeded(trial.apps.installApp(tenant.tenantId, CONTACTS, {}));
  await tenant.driver.update('account', tenant.accountId, { contacts__score: 3 });
  return tenant;
}

const peopleIn = ({ driver }: AppTenantTrial) =>
  driver.find('contacts__person', { orderBy: [{ field: 'code' }] });

export const uninstallChecks: AppChecks = {
  removed: must('`uninstallApp` removes what the app installed and nothing else', async (trial) => {
    const tenant = await trial.tenant();
    const before = await trial.state(tenant);
    await succeeded(trial.apps.installApp(tenant.tenantId, CONTACTS, {}));
    await trial.apps.uninstallApp(tenant.tenantId, 'contacts');
    assert.deepEqual(await trial.state(tenant), before);
  }),
  repeat: must('uninstalling an app that is not installed does nothing', async (trial) => {
    const tenant = await withContacts(trial);
    await trial.apps.uninstallApp(tenant.tenantId, 'contacts');
    const before = await trial.state(tenant);
    await trial.apps.uninstallApp(tenant.tenantId, 'contacts');
    await trial.apps.uninstallApp(tenant.tenantId, 'never_installed');
    assert.deepEqual(await trial.state(tenant), before);
  }),
  dependents: must('an app that something depends on stays, and the error names what does', async (trial) => {
    const tenant = await withContacts(trial);
    const { tenantId } = tenant;
    await succeeded(trial.apps.installApp(tenantId, BILLING, BILLING_SETTINGS));
    const nick = { type: 'text' } as const;
    await trial.deploy(tenantId, { objectExtensions: [{ extend: 'contacts__person', fields: { nick } }] });
    const before = await trial.state(tenant);
    const { details } = await refused(trial.apps.uninstallApp(tenantId, 'contacts'), 'app_in_use');
    assert.deepEqual(details.dependents, ['app/billing', 'object/contacts__person']);
    assert.deepEqual(await trial.state(tenant), before);
  }),
  preview: must('`previewUninstall` counts records and names fields and dependents', async (trial) => {
    const tenant = await withContacts(trial);
    const { tenantId } = tenant;
    await succeeded(trial.apps.installApp(tenantId, BILLING, BILLING_SETTINGS));
    const before = await trial.state(tenant);
    const preview = await trial.apps.previewUninstall(tenantId, 'contacts');
    assert.deepEqual(AppUninstallPreviewSchema.parse(preview), preview);
    assert.deepEqual(preview, {
      appId: 'contacts',
      version: '1.0.0',
      dependents: ['app/billing'],
      records: { contacts__person: 2 },
      fields: ['account.contacts__score'],
    });
    assert.deepEqual(await trial.state(tenant), before);
  }),
  keep: must('another installation restores the records and values of the previous one', async (trial) => {
    const tenant = await withContacts(trial);
    const { tenantId, driver, accountId } = tenant;
    const people = [await driver.create('contacts__person', { code: 'dan', name: 'Dan' })];
    const before = await peopleIn(tenant);
    await trial.apps.uninstallApp(tenantId, 'contacts');
    const result = await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    assert.deepEqual([result.restoredRecords, result.seededRecords], [people.length + 3, 0]);
    assert.deepEqual(await peopleIn(tenant), before);
    assert.equal((await driver.findOne('account', { where: { id: accountId } }))?.contacts__score, 3);
  }),
  purge: must('data that was purged is not restored', async (trial) => {
    const tenant = await withContacts(trial);
    const { tenantId, driver, accountId } = tenant;
    await driver.create('contacts__person', { code: 'dan', name: 'Dan' });
    await trial.apps.uninstallApp(tenantId, 'contacts', { data: 'purge' });
    const result = await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    assert.deepEqual([result.restoredRecords, result.seededRecords], [0, 2]);
    assert.equal((await peopleIn(tenant)).length, 2);
    assert.equal((await driver.findOne('account', { where: { id: accountId } }))?.contacts__score, null);
  }),
  archive: must('data that was archived is listed, and another installation restores it', async (trial) => {
    const tenant = await withContacts(trial);
    const { tenantId, driver, accountId } = tenant;
    await driver.create('contacts__person', { code: 'dan', name: 'Dan' });
    const before = await peopleIn(tenant);
    for (let repeat = 0; repeat < 2; repeat++)
      await trial.apps.uninstallApp(tenantId, 'contacts', { data: 'archive' });
    const archives = await trial.apps.listArchives(tenantId);
    assert.deepEqual(
      archives.map(({ appId, version, records }) => [appId, version, records]),
      [['contacts', '1.0.0', 4]],
    );
    assert.deepEqual(AppArchiveSchema.array().parse(archives), archives);
    const result = await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    assert.deepEqual([result.restoredRecords, result.seededRecords], [4, 0]);
    assert.deepEqual(await peopleIn(tenant), before);
    assert.equal((await driver.findOne('account', { where: { id: accountId } }))?.contacts__score, 3);
  }),
  settings: must('settings and secrets are removed with the app', async (trial) => {
    const { tenantId } = await withContacts(trial);
    const optional = {
      ...BILLING,
      settings: { ...BILLING.settings, api_key: { type: 'text', secret: true } },
    } as const;
    await succeeded(trial.apps.installApp(tenantId, optional, BILLING_SETTINGS));
    await trial.apps.uninstallApp(tenantId, 'billing');
    await succeeded(trial.apps.installApp(tenantId, optional, {}));
    const { settings, secretSettings } = await trial.apps.get(tenantId, 'billing');
    assert.deepEqual([settings, secretSettings], [{ currency: 'EUR' }, []]);
  }),
};

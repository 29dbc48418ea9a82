import assert from 'node:assert/strict';
import type { AppManifestInput } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { type AppChecks, must } from './app-check.js';
import { type AppTenantTrial, type AppTrial, codesOf, failed, issuesOf, succeeded } from './app-trial.js';
import { BILLING, BILLING_SETTINGS, CONTACTS, CONTACTS_1_1, NOTES, OWN_BUNDLE } from './sample-apps.js';

async function withContacts(trial: AppTrial): Promise<AppTenantTrial> {
  const tenant = await trial.tenant();
  await succeeded(trial.apps.installApp(tenant.tenantId, CONTACTS, {}));
  return tenant;
}

const [PEOPLE] = CONTACTS.views;
/** The tenant's own version of the app's view. */
const MY_VIEW = { views: [...OWN_BUNDLE.views, { ...PEOPLE, name: 'contacts__people', label: 'My people' }] };

async function viewOf(trial: AppTrial, tenant: AppTenantTrial) {
  const { components } = await trial.state(tenant);
  return components.find(({ name }) => name === 'contacts__people')?.definition;
}

export const upgradeChecks: AppChecks = {
  version: must(
    '`upgradeApp` installs the new version and keeps the values of renamed fields',
    async (trial) => {
      const tenant = await withContacts(trial);
      const result = await succeeded(trial.apps.upgradeApp(tenant.tenantId, 'contacts', CONTACTS_1_1));
      assert.deepEqual([result.version, result.createdTables, result.conflicts], ['1.1.0', [], []]);
      const bob = await tenant.driver.findOne('contacts__person', { where: { code: 'bob' } });
      assert.deepEqual([bob?.telephone, bob?.email], ['2', null]);
      assert.deepEqual(await trial.versions(tenant), { contacts: '1.1.0' });
      assert.equal((await trial.apps.getManifest(tenant.tenantId, 'contacts')).version, '1.1.0');
    },
  ),
  seeds: must('an upgrade writes new seed data and leaves records that users edited', async (trial) => {
    const { tenantId, driver } = await withContacts(trial);
    const ann = await driver.findOne('contacts__person', { where: { code: 'ann' } });
    await driver.update('contacts__person', ann?.id ?? '', { name: 'Edited' });
    await succeeded(trial.apps.upgradeApp(tenantId, 'contacts', CONTACTS_1_1));
    const people = await driver.find('contacts__person', { orderBy: [{ field: 'code' }] });
    assert.deepEqual(
      people.map(({ name }) => name),
      ['Edited', 'Robert', 'Cid'],
    );
  }),
  repeat: must('repeating an upgrade changes and counts nothing', async (trial) => {
    const tenant = await withContacts(trial);
    await succeeded(trial.apps.upgradeApp(tenant.tenantId, 'contacts', CONTACTS_1_1));
    const before = await trial.state(tenant);
    const again = await succeeded(trial.apps.upgradeApp(tenant.tenantId, 'contacts', CONTACTS_1_1));
    assert.deepEqual([again.seededRecords, again.deploymentId], [0, undefined]);
    assert.deepEqual(await trial.state(tenant), before);
  }),
  merge: must(
    'a property that both changed keeps the value of the tenant, and the result lists it',
    async (trial) => {
      const tenant = await withContacts(trial);
      await trial.deploy(tenant.tenantId, MY_VIEW);
      const { conflicts } = await succeeded(trial.apps.upgradeApp(tenant.tenantId, 'contacts', CONTACTS_1_1));
      assert.deepEqual(conflicts, [
        { component: 'view/contacts__people', properties: ['label'], decision: 'keep_tenant' },
      ]);
      const view = await viewOf(trial, tenant);
      assert.equal(view?.label, 'My people');
      assert.deepEqual(view?.list, CONTACTS_1_1.views[0]?.list);
    },
  ),
  decisions: must('`onConflict` and `decisions` take the value of the app', async (trial) => {
    for (const options of [
      { onConflict: 'take_app' },
      { decisions: { 'view/contacts__people': 'take_app' } },
    ] as const) {
      const tenant = await withContacts(trial);
      await trial.deploy(tenant.tenantId, MY_VIEW);
      const call = trial.apps.upgradeApp(tenant.tenantId, 'contacts', CONTACTS_1_1, options);
      assert.equal((await succeeded(call)).conflicts[0]?.decision, 'take_app');
      assert.equal((await viewOf(trial, tenant))?.label, 'All people');
    }
  }),
  approval: must('a change that loses data needs approval by its id', async (trial) => {
    const tenant = await withContacts(trial);
    const before = await trial.state(tenant);
    const { phone: _phone, ...fields } = CONTACTS.objects[0]?.fields ?? {};
    const next = {
      ...CONTACTS,
      version: '1.2.0',
      objects: [{ name: 'contacts__person', fields }],
      seedData: [],
    };
    const { code } = await failed(
      trial.apps.upgradeApp(tenant.tenantId, 'contacts', next as AppManifestInput),
    );
    assert.equal(code, 'destructive_not_allowed');
    assert.deepEqual(await trial.state(tenant), before);
    const allow = ['remove_field:contacts__person.phone'];
    await succeeded(trial.apps.upgradeApp(tenant.tenantId, 'contacts', next as AppManifestInput, { allow }));
  }),
  rollback: must('rolling back the deployment restores the previous version and its data', async (trial) => {
    const tenant = await withContacts(trial);
    await trial.deploy(tenant.tenantId, MY_VIEW);
    const before = await trial.state(tenant);
    const { deploymentId = '' } = await succeeded(
      trial.apps.upgradeApp(tenant.tenantId, 'contacts', CONTACTS_1_1, { onConflict: 'take_app' }),
    );
    await trial.subject.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    const { objects, components, apps } = await trial.state(tenant);
    assert.deepEqual([objects, components, apps], [before.objects, before.components, before.apps]);
    const people = await tenant.driver.find('contacts__person', {
      where: { code: { $in: ['ann', 'bob'] } },
      orderBy: [{ field: 'code' }],
    });
    assert.deepEqual(
      people.map(({ phone }) => phone),
      ['1', '2'],
    );
  }),
  downgrade: must('an older version is refused unless `allowDowngrade` is set', async (trial) => {
    const tenant = await withContacts(trial);
    const { tenantId } = tenant;
    await succeeded(trial.apps.upgradeApp(tenantId, 'contacts', { ...CONTACTS, version: '1.3.0' }));
    const downgrade = (allowDowngrade?: true) =>
      trial.apps.upgradeApp(tenantId, 'contacts', CONTACTS, { ...(allowDowngrade && { allowDowngrade }) });
    assert.deepEqual(codesOf(await issuesOf(downgrade())), ['downgrade']);
    assert.deepEqual(await trial.versions(tenant), { contacts: '1.3.0' });
    await succeeded(downgrade(true));
    assert.deepEqual(await trial.versions(tenant), { contacts: '1.0.0' });
  }),
  conflict: must('other content of the installed version, and another app, are refused', async (trial) => {
    const tenant = await withContacts(trial);
    const before = await trial.state(tenant);
    const changed = trial.apps.upgradeApp(tenant.tenantId, 'contacts', { ...CONTACTS, label: 'X' });
    assert.deepEqual(codesOf(await issuesOf(changed)), ['version_conflict']);
    await refused(trial.apps.upgradeApp(tenant.tenantId, 'contacts', NOTES), 'invalid_request');
    assert.deepEqual(await trial.state(tenant), before);
  }),
  dependents: must('a version that an installed app does not work with is refused', async (trial) => {
    const tenant = await withContacts(trial);
    await succeeded(trial.apps.installApp(tenant.tenantId, BILLING, BILLING_SETTINGS));
    const before = await trial.state(tenant);
    const call = trial.apps.upgradeApp(tenant.tenantId, 'contacts', { ...CONTACTS, version: '2.0.0' });
    assert.deepEqual(codesOf(await issuesOf(call)), ['depended_on_by']);
    assert.deepEqual(await trial.state(tenant), before);
  }),
  settings: must('`config` changes values of settings, and the others keep theirs', async (trial) => {
    const tenant = await withContacts(trial);
    const { tenantId } = tenant;
    await succeeded(trial.apps.installApp(tenantId, BILLING, BILLING_SETTINGS));
    const next = { ...BILLING, version: '1.1.0' };
    await succeeded(trial.apps.upgradeApp(tenantId, 'billing', next, { config: { currency: 'USD' } }));
    const { settings, secretSettings } = await trial.apps.get(tenantId, 'billing');
    assert.deepEqual([settings, secretSettings], [{ limit: 5, currency: 'USD' }, ['api_key']]);
    await succeeded(trial.apps.upgradeApp(tenantId, 'billing', next, { config: { limit: 7 } }));
    assert.equal((await trial.apps.get(tenantId, 'billing')).settings.limit, 7);
    const call = trial.apps.upgradeApp(tenantId, 'billing', next, { config: { limit: 'x' } });
    assert.deepEqual(codesOf(await issuesOf(call)), ['setting_invalid']);
  }),
  absent: must('an app that is not installed is rejected, also by the methods that read', async (trial) => {
    const { tenantId } = await trial.tenant();
    const { apps } = trial;
    await refused(apps.upgradeApp(tenantId, 'contacts', CONTACTS_1_1), 'app_not_installed');
    await refused(apps.get(tenantId, 'contacts'), 'app_not_installed');
    await refused(apps.getManifest(tenantId, 'contacts'), 'app_not_installed');
    await refused(apps.previewUninstall(tenantId, 'contacts'), 'app_not_installed');
    assert.deepEqual(await apps.list(tenantId), []);
  }),
};

import assert from 'node:assert/strict';
import type { AppManifestInput } from '@objectstack/spec/system';
import { type AppChecks, must } from './app-check.js';
import { codesOf, failed, issuesOf, succeeded } from './app-trial.js';
import { BILLING, BILLING_SETTINGS, CONTACTS, NOTES, OWN_BUNDLE } from './sample-apps.js';

const text = { type: 'text' } as const;

export const installChecks: AppChecks = {
  complete: must('`installApp` installs every component and counts what it created', async (trial) => {
    const tenant = await trial.tenant();
    const result = await succeeded(trial.apps.installApp(tenant.tenantId, CONTACTS, {}));
    const { tenantId, appId, version, createdTables, installedObjects, seededRecords } = result;
    assert.deepEqual([tenantId, appId, version], [tenant.tenantId, 'contacts', '1.0.0']);
    assert.deepEqual([createdTables, installedObjects], [['contacts__person'], ['contacts__person']]);
    assert.deepEqual([seededRecords, result.restoredRecords, result.conflicts], [2, 0, []]);
    const { objects, components, records } = await trial.state(tenant);
    assert.deepEqual(
      objects.map(({ definition }) => definition.name),
      ['account', 'contacts__person'],
    );
    assert.deepEqual(components.map(({ kind, name }) => `${kind}/${name}`).sort(), [
      'flow/contacts__welcome',
      'permission/contacts__reader',
      'view/accounts',
      'view/contacts__people',
    ]);
    assert.deepEqual(records.contacts__person?.map(({ code }) => code).sort(), ['ann', 'bob']);
    await tenant.driver.update('account', tenant.accountId, { contacts__score: 3 });
  }),
  owners: must(
    'the components of an app have an owner and the checksum of their installation',
    async (trial) => {
      const { tenantId } = await trial.tenant();
      await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
      const { components, namespace, version } = await trial.apps.get(tenantId, 'contacts');
      assert.deepEqual([namespace, version], ['contacts', '1.0.0']);
      assert.deepEqual(components.map(({ kind, name, owner }) => `${owner}: ${kind}/${name}`).sort(), [
        'contacts: field/account.contacts__score',
        'contacts: flow/contacts__welcome',
        'contacts: object/contacts__person',
        'contacts: permission/contacts__reader',
        'contacts: view/contacts__people',
      ]);
      assert.ok(components.every(({ isModified }) => !isModified));
      const people = {
        ...CONTACTS.views[0],
        name: 'contacts__people',
        label: 'Mine',
        object: 'contacts__person',
      };
      await trial.deploy(tenantId, { views: [...OWN_BUNDLE.views, people] });
      const after = (await trial.apps.get(tenantId, 'contacts')).components;
      assert.deepEqual(
        after.flatMap(({ name, isModified }) => (isModified ? [name] : [])),
        ['contacts__people'],
      );
      assert.deepEqual(
        after.map(({ checksum }) => checksum),
        components.map(({ checksum }) => checksum),
      );
    },
  ),
  beside: must(
    'objects, views and records of the tenant stay, also when it deploys its bundle',
    async (trial) => {
      const tenant = await trial.tenant();
      const { tenantId, driver, accountId } = tenant;
      await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
      assert.equal((await driver.findOne('account', { where: { id: accountId } }))?.name, 'Kept');
      const note = { name: 'note', fields: { title: text } };
      await trial.deploy(tenantId, { objects: [...OWN_BUNDLE.objects, note] });
      assert.deepEqual(await trial.objects(tenant), ['account', 'contacts__person', 'note']);
      assert.deepEqual(await trial.versions(tenant), { contacts: '1.0.0' });
      assert.equal(await driver.count('contacts__person'), 2);
      assert.equal(await driver.count('account'), 1);
    },
  ),
  repeat: must('repeating an installation changes and counts nothing', async (trial) => {
    const tenant = await trial.tenant();
    await succeeded(trial.apps.installApp(tenant.tenantId, CONTACTS, {}));
    const before = await trial.state(tenant);
    const again = await succeeded(trial.apps.installApp(tenant.tenantId, CONTACTS, {}));
    const { createdTables, seededRecords, deploymentId } = again;
    assert.deepEqual([createdTables, seededRecords, deploymentId], [[], 0, undefined]);
    assert.deepEqual(await trial.state(tenant), before);
  }),
  parallel: must('concurrent installations of an app install it once', async (trial) => {
    const tenant = await trial.tenant();
    const install = () => trial.apps.installApp(tenant.tenantId, CONTACTS, {});
    const results = (await Promise.allSettled([install(), install(), install()])).flatMap((one) =>
      one.status === 'fulfilled' && one.value.success ? [one.value] : [],
    );
    assert.ok(results.length > 0);
    assert.deepEqual(
      results.flatMap(({ createdTables }) => createdTables),
      ['contacts__person'],
    );
    assert.deepEqual(await trial.versions(tenant), { contacts: '1.0.0' });
    assert.equal(await tenant.driver.count('contacts__person'), 2);
  }),
  rollback: must('rolling back the deployment removes the app and nothing else', async (trial) => {
    const tenant = await trial.tenant();
    const before = await trial.state(tenant);
    const { deploymentId } = await succeeded(trial.apps.installApp(tenant.tenantId, CONTACTS, {}));
    assert.ok(deploymentId !== undefined);
    await trial.subject.deployments.rollbackDeployment(tenant.tenantId, deploymentId);
    assert.deepEqual(await trial.state(tenant), before);
  }),
  incompatible: must(
    'an app that is not compatible has a result with all issues, and no effect',
    async (trial) => {
      const tenant = await trial.tenant();
      const before = await trial.state(tenant);
      const issues = await issuesOf(trial.apps.installApp(tenant.tenantId, BILLING, { unknown: 1 }));
      assert.deepEqual(codesOf(issues), ['dependency_missing', 'setting_missing', 'setting_unknown']);
      assert.deepEqual(await trial.state(tenant), before);
    },
  ),
  whole: must('an app whose seed data cannot be written is not installed', async (trial) => {
    const tenant = await trial.tenant();
    const before = await trial.state(tenant);
    const objects = [{ name: 'notes__note', fields: { code: text, key: { ...text, unique: true } } }];
    const records = [
      { code: 'a', key: 'same' },
      { code: 'b', key: 'same' },
    ];
    const seedData = [{ object: 'notes__note', externalId: 'code', records }];
    const { code } = await failed(
      trial.apps.installApp(tenant.tenantId, { ...NOTES, objects, seedData }, {}),
    );
    assert.equal(code, 'seed_failed');
    assert.deepEqual(await trial.state(tenant), before);
    await succeeded(trial.apps.installApp(tenant.tenantId, NOTES, {}));
  }),
  seeds: must('`skipSeedData` leaves out the seed data', async (trial) => {
    const { tenantId, driver } = await trial.tenant();
    const call = trial.apps.installApp(tenantId, CONTACTS, {}, { skipSeedData: true });
    assert.equal((await succeeded(call)).seededRecords, 0);
    assert.equal(await driver.count('contacts__person'), 0);
  }),
  installed: must('another version of an installed app is refused: it is an upgrade', async (trial) => {
    const { tenantId } = await trial.tenant();
    await succeeded(trial.apps.installApp(tenantId, NOTES, {}));
    const next: AppManifestInput = { ...NOTES, version: '1.1.0' };
    assert.deepEqual(codesOf(await issuesOf(trial.apps.installApp(tenantId, next, {}))), [
      'already_installed',
    ]);
  }),
  settings: must('values of settings must have the declared types, and are stored', async (trial) => {
    const { tenantId } = await trial.tenant();
    await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    for (const limit of ['5', Number.NaN, true, null, {}]) {
      const call = trial.apps.installApp(tenantId, BILLING, { ...BILLING_SETTINGS, limit });
      assert.deepEqual(codesOf(await issuesOf(call)), ['setting_invalid']);
    }
    const empty = trial.apps.installApp(tenantId, BILLING, { api_key: '' });
    assert.deepEqual(codesOf(await issuesOf(empty)), ['setting_invalid']);
    await succeeded(trial.apps.installApp(tenantId, BILLING, BILLING_SETTINGS));
    const { settings } = await trial.apps.get(tenantId, 'billing');
    assert.deepEqual(settings, { limit: 5, currency: 'EUR' });
  }),
  changed: must('installing the same version with other settings changes them', async (trial) => {
    const tenant = await trial.tenant();
    const { tenantId } = tenant;
    await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    await succeeded(trial.apps.installApp(tenantId, BILLING, BILLING_SETTINGS));
    const call = trial.apps.installApp(tenantId, BILLING, { api_key: 'canary-9e2f4a', currency: 'USD' });
    assert.ok((await succeeded(call)).deploymentId !== undefined);
    assert.deepEqual((await trial.apps.get(tenantId, 'billing')).settings, { limit: 5, currency: 'USD' });
    const again = trial.apps.installApp(tenantId, BILLING, { api_key: 'canary-9e2f4a', limit: 5 });
    assert.equal((await succeeded(again)).deploymentId, undefined);
    const secret = trial.apps.installApp(tenantId, BILLING, { api_key: 'canary-1c7d3b' });
    assert.ok((await succeeded(secret)).deploymentId !== undefined);
  }),
  secrets: must('values of secret settings are never returned', async (trial) => {
    const { tenantId } = await trial.tenant();
    const secret = BILLING_SETTINGS.api_key;
    const refusal = await trial.apps.installApp(tenantId, BILLING, { ...BILLING_SETTINGS, limit: secret });
    assert.equal(refusal.success, false);
    await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    const result = await succeeded(trial.apps.installApp(tenantId, BILLING, BILLING_SETTINGS));
    const app = await trial.apps.get(tenantId, 'billing');
    assert.deepEqual(app.secretSettings, ['api_key']);
    const manifest = await trial.apps.getManifest(tenantId, 'billing');
    assert.equal(manifest.name, 'billing');
    const texts = [refusal, result, app, manifest, await trial.apps.list(tenantId)];
    assert.ok(!JSON.stringify(texts).includes(secret));
  }),
};

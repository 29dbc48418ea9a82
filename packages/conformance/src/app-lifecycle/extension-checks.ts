import assert from 'node:assert/strict';
import { type AppChecks, must } from './app-check.js';
import { codesOf, issuesOf, succeeded } from './app-trial.js';
import { CONTACTS, CONTACTS_1_1, NOTES, OWN_BUNDLE } from './sample-apps.js';

const text = { type: 'text' } as const;
const NICKNAMES = { objectExtensions: [{ extend: 'contacts__person', fields: { nick: text } }] };

export const extensionChecks: AppChecks = {
  app: must("an app's extension of an object survives deployments of the object's owner", async (trial) => {
    const { tenantId, driver, accountId } = await trial.tenant();
    await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    await driver.update('account', accountId, { contacts__score: 3 });
    await trial.deploy(tenantId, { objects: [{ name: 'account', fields: { name: text, city: text } }] });
    const [record] = await driver.find('account', { where: { id: accountId } });
    assert.deepEqual([record?.name, record?.city, record?.contacts__score], ['Kept', null, 3]);
  }),
  other: must('an app extends objects of an app that it depends on', async (trial) => {
    const { tenantId, driver } = await trial.tenant();
    await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    const dependencies = [{ appId: 'contacts', range: '^1.0.0' }];
    const objectExtensions = [{ extend: 'contacts__person', fields: { notes__memo: text } }];
    await succeeded(trial.apps.installApp(tenantId, { ...NOTES, dependencies, objectExtensions }, {}));
    await driver.create('contacts__person', { code: 'dan', notes__memo: 'M' });
    await succeeded(trial.apps.upgradeApp(tenantId, 'contacts', CONTACTS_1_1));
    const dan = await driver.findOne('contacts__person', { where: { code: 'dan' } });
    assert.equal(dan?.notes__memo, 'M');
  }),
  tenant: must("a tenant's extension of an object survives upgrades of the app", async (trial) => {
    const { tenantId, driver } = await trial.tenant();
    await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    await trial.deploy(tenantId, NICKNAMES);
    await driver.create('contacts__person', { code: 'dan', nick: 'D', phone: '4' });
    await succeeded(trial.apps.upgradeApp(tenantId, 'contacts', CONTACTS_1_1));
    const dan = await driver.findOne('contacts__person', { where: { code: 'dan' } });
    assert.deepEqual([dan?.nick, dan?.telephone], ['D', '4']);
  }),
  fields: must('an app changes no field of an object that it extends', async (trial) => {
    const { tenantId } = await trial.tenant();
    await trial.deploy(tenantId, { objects: [...OWN_BUNDLE.objects] });
    const objectExtensions = [{ extend: 'account', fields: { name: { type: 'number' } as const } }];
    const call = trial.apps.installApp(tenantId, { ...NOTES, objectExtensions }, {});
    assert.deepEqual(codesOf(await issuesOf(call)), ['field_type_mismatch']);
  }),
};

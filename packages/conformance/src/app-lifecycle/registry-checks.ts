import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type AppChecks, must } from './app-check.js';
import { codesOf, issuesOf, succeeded } from './app-trial.js';
import { BILLING, BILLING_SETTINGS, NOTES, STANDALONE_CONTACTS } from './sample-apps.js';

export const registryChecks: AppChecks = {
  newest: must('`install` installs the newest version in the range that is not yanked', async (trial) => {
    const tenant = await trial.tenant();
    for (const version of ['1.9.0', '1.10.0', '1.0.0', '2.0.0'])
      trial.registry.publish({ ...NOTES, version });
    trial.registry.publish({ ...NOTES, version: '1.11.0' }, { isYanked: true });
    const request = { tenantId: tenant.tenantId, appId: 'notes', range: '^1.0.0' };
    assert.equal((await succeeded(trial.apps.install(request))).version, '1.10.0');
    assert.deepEqual(await trial.versions(tenant), { notes: '1.10.0' });
  }),
  dependencies: must('`installDependencies` installs missing apps in one deployment', async (trial) => {
    const tenant = await trial.tenant();
    const before = await trial.state(tenant);
    trial.registry.publish(STANDALONE_CONTACTS);
    trial.registry.publish({ ...STANDALONE_CONTACTS, version: '2.0.0' });
    trial.registry.publish(BILLING);
    const request = { tenantId: tenant.tenantId, appId: 'billing', configOverrides: BILLING_SETTINGS };
    assert.deepEqual(codesOf(await issuesOf(trial.apps.install(request))), ['dependency_missing']);
    assert.deepEqual(await trial.state(tenant), before);
    const result = await succeeded(trial.apps.install(request, { installDependencies: true }));
    assert.deepEqual(result.installedDependencies, ['contacts']);
    assert.deepEqual(await trial.versions(tenant), { contacts: '1.0.0', billing: '1.0.0' });
    await trial.subject.deployments.rollbackDeployment(tenant.tenantId, result.deploymentId ?? '');
    assert.deepEqual(await trial.state(tenant), before);
  }),
  missing: must('a version that the registry does not have is rejected', async (trial) => {
    const { tenantId } = await trial.tenant();
    trial.registry.publish(NOTES);
    await refused(trial.apps.install({ tenantId, appId: 'notes', range: '^2.0.0' }), 'app_not_found');
    await refused(trial.apps.install({ tenantId, appId: 'unknown' }), 'app_not_found');
    await refused(trial.apps.install({ tenantId, appId: '../notes' }), 'invalid_request');
  }),
  untrusted: must('bytes that are not those of the requested version are rejected', async (trial) => {
    const tenant = await trial.tenant();
    const bytes = new TextEncoder().encode(JSON.stringify({ ...NOTES, label: 'Other' }));
    trial.registry.publish(NOTES, { bytes });
    const call = trial.apps.install({ tenantId: tenant.tenantId, appId: 'notes' });
    await refused(call, 'app_untrusted');
    assert.deepEqual(await trial.versions(tenant), {});
  }),
};

import assert from 'node:assert/strict';
import { AppCompatibilityCheckSchema, type AppManifestInput } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { type AppChecks, must } from './app-check.js';
import { type AppTrial, codesOf, succeeded } from './app-trial.js';
import { BILLING, CONTACTS, NOTES } from './sample-apps.js';

const text = { type: 'text' } as const;

/** The codes of errors, sorted. Each issue must say what it is about. */
async function errorsOf({ apps }: AppTrial, tenantId: string, manifest: AppManifestInput): Promise<string[]> {
  const check = await apps.checkCompatibility(tenantId, manifest);
  assert.deepEqual(AppCompatibilityCheckSchema.parse(check), check);
  const codes = codesOf(check.issues);
  assert.equal(check.compatible, codes.length === 0);
  for (const { subject, path } of check.issues) assert.ok(subject !== undefined || path !== undefined);
  return codes;
}

export const compatibilityChecks: AppChecks = {
  compatible: must(
    'an app that can be installed is compatible, and checking changes nothing',
    async (trial) => {
      const tenant = await trial.tenant();
      const before = await trial.state(tenant);
      assert.deepEqual(await errorsOf(trial, tenant.tenantId, CONTACTS), []);
      await errorsOf(trial, tenant.tenantId, BILLING);
      assert.deepEqual(await trial.state(tenant), before);
    },
  ),
  names: must('names outside the namespace of the app are errors', async (trial) => {
    const { tenantId } = await trial.tenant();
    const cases: AppManifestInput[] = [
      { ...NOTES, objects: [{ name: 'note', fields: { title: text } }] },
      { ...NOTES, objects: [{ name: 'other__note', fields: { title: text } }] },
      { ...NOTES, views: [{ name: 'all', object: 'notes__note', list: { type: 'grid', columns: [] } }] },
      { ...NOTES, objectExtensions: [{ extend: 'account', fields: { rank: text } }] },
    ];
    for (const manifest of cases)
      assert.deepEqual(await errorsOf(trial, tenantId, manifest), ['name_outside_namespace']);
  }),
  namespace: must('a namespace belongs to one app', async (trial) => {
    const { tenantId } = await trial.tenant();
    await succeeded(trial.apps.installApp(tenantId, NOTES, {}));
    const objects = [{ name: 'notes__page', fields: { title: text } }];
    const other = { ...NOTES, name: 'pages', objects };
    assert.deepEqual(await errorsOf(trial, tenantId, other), ['namespace_taken']);
  }),
  dependencies: must('missing dependencies, unsuitable versions and cycles are errors', async (trial) => {
    const { tenantId } = await trial.tenant();
    const needing = (range: string, optional = false) => ({
      ...NOTES,
      dependencies: [{ appId: 'contacts', range, optional }],
    });
    assert.deepEqual(await errorsOf(trial, tenantId, needing('^1.0.0')), ['dependency_missing']);
    assert.deepEqual(await errorsOf(trial, tenantId, needing('^1.0.0', true)), []);
    await succeeded(trial.apps.installApp(tenantId, CONTACTS, {}));
    assert.deepEqual(await errorsOf(trial, tenantId, needing('^1.0.0')), []);
    assert.deepEqual(await errorsOf(trial, tenantId, needing('^2.0.0')), ['dependency_version']);
    assert.deepEqual(await errorsOf(trial, tenantId, needing('^2.0.0', true)), ['dependency_version']);
    await succeeded(trial.apps.installApp(tenantId, needing('^1.0.0'), {}));
    const next = { ...CONTACTS, version: '1.2.0', dependencies: [{ appId: 'notes', range: '^1.0.0' }] };
    assert.deepEqual(await errorsOf(trial, tenantId, next), ['dependency_cycle']);
    assert.deepEqual(await errorsOf(trial, tenantId, { ...CONTACTS, version: '2.0.0' }), ['depended_on_by']);
  }),
  runtime: must('an app for other runtime versions is an error', async (trial) => {
    const { tenantId } = await trial.tenant();
    assert.deepEqual(await errorsOf(trial, tenantId, { ...NOTES, kernelRange: '>=9999.0.0' }), [
      'kernel_range',
    ]);
  }),
  targets: must('an extension of an object that does not exist is an error', async (trial) => {
    const { tenantId } = await trial.tenant();
    const extend = { extend: 'missing', fields: { notes__rank: text } };
    assert.deepEqual(await errorsOf(trial, tenantId, { ...NOTES, objectExtensions: [extend] }), [
      'extension_target_missing',
    ]);
  }),
  versions: must(
    'other content of the installed version, and an older version, are errors',
    async (trial) => {
      const { tenantId } = await trial.tenant();
      await succeeded(trial.apps.installApp(tenantId, NOTES, {}));
      assert.deepEqual(await errorsOf(trial, tenantId, NOTES), []);
      assert.deepEqual(await errorsOf(trial, tenantId, { ...NOTES, label: 'X' }), ['version_conflict']);
      assert.deepEqual(await errorsOf(trial, tenantId, { ...NOTES, version: '0.9.0' }), ['downgrade']);
    },
  ),
  warnings: must('required settings and grants on objects of other owners are warnings', async (trial) => {
    const { tenantId } = await trial.tenant();
    const manifest = {
      ...NOTES,
      settings: {
        key: { type: 'text', required: true },
        size: { type: 'number', required: true, default: 1 },
      },
      permissions: [{ name: 'notes__all', objects: { account: { allowRead: true } } }],
    } satisfies AppManifestInput;
    const { compatible, issues } = await trial.apps.checkCompatibility(tenantId, manifest);
    assert.equal(compatible, true);
    assert.deepEqual(codesOf(issues, 'warning'), ['permission_requested', 'setting_missing']);
  }),
  invalid: must('a malformed manifest and an unknown tenant are rejected by every method', async (trial) => {
    const { tenantId } = await trial.tenant();
    const { apps } = trial;
    const cyclic: Record<string, unknown> = { ...NOTES };
    cyclic.self = cyclic;
    const malformed = [null, 'notes', {}, { ...NOTES, version: '1' }, { ...NOTES, objects: 1 }, cyclic];
    for (const manifest of malformed as AppManifestInput[]) {
      await refused(apps.checkCompatibility(tenantId, manifest), 'invalid_request');
      await refused(apps.installApp(tenantId, manifest, {}), 'invalid_request');
      await refused(apps.upgradeApp(tenantId, 'notes', manifest), 'invalid_request');
    }
    await refused(apps.installApp(tenantId, NOTES, 1 as never), 'invalid_request');
    await refused(apps.checkCompatibility('unknown', NOTES), 'tenant_not_found');
    await refused(apps.installApp('unknown', NOTES, {}), 'tenant_not_found');
    await refused(apps.upgradeApp('unknown', 'notes', NOTES), 'tenant_not_found');
    await refused(apps.uninstallApp('unknown', 'notes'), 'tenant_not_found');
    await refused(apps.list('unknown'), 'tenant_not_found');
  }),
};

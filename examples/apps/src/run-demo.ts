import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { tursoLocal } from '@objectstack/driver-turso';
import { createFileAppRegistry, createRuntime, createSecretSealer, type Runtime } from '@objectstack/runtime';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { AppInstallResult, AppManifestInput, DeployBundleInput } from '@objectstack/spec/system';
import { contacts1 } from './contacts-1.js';
import { contacts2 } from './contacts-2.js';
import { invoicing1 } from './invoicing-1.js';
import { invoicing2 } from './invoicing-2.js';

type Say = (line: string) => void;

const OWN = {
  manifest: { version: '1.0.0' },
  objects: [{ name: 'project', label: 'Project', fields: { name: { type: 'text', required: true } } }],
} satisfies DeployBundleInput;

/** The tenant renames a view of the app. */
const OWN_WITH_VIEW = {
  ...OWN,
  manifest: { version: '1.1.0' },
  views: [
    { ...contacts1.views[0], name: 'contacts__people', label: 'Our people', object: 'contacts__person' },
  ],
} satisfies DeployBundleInput;

const bytesOf = (manifest: AppManifestInput) => new TextEncoder().encode(JSON.stringify(manifest));

function installed(result: AppInstallResult): AppInstallResult {
  if (result.success) return result;
  throw ObjectStackError.fromProblemDetails(result.error);
}

async function install({ apps }: Runtime, tenantId: string, say: Say): Promise<void> {
  const request = {
    tenantId,
    appId: 'invoicing',
    configOverrides: { payment_key: 'example-key', currency: 'SEK' },
  };
  const result = installed(await apps.install(request, { installDependencies: true }));
  say(`installed invoicing ${result.version} and ${result.installedDependencies.join(', ')}`);
  say(`${result.createdTables.length} tables, ${result.seededRecords} records of seed data`);
  const { settings, secretSettings } = await apps.get(tenantId, 'invoicing');
  say(`settings ${JSON.stringify(settings)}, secrets ${secretSettings.join(', ')}`);
}

async function upgrade({ apps, deployments }: Runtime, tenantId: string, say: Say): Promise<void> {
  await deployments.deploy(tenantId, OWN_WITH_VIEW);
  const { issues } = await apps.checkCompatibility(tenantId, invoicing2);
  say(`invoicing ${invoicing2.version} alone: ${issues.map(({ code }) => code).join(', ')}`);
  const { conflicts } = installed(await apps.upgradeApp(tenantId, 'contacts', contacts2));
  for (const { component, properties, decision } of conflicts)
    say(`${component}: ${properties.join(', ')}: ${decision}`);
  installed(await apps.upgradeApp(tenantId, 'invoicing', invoicing2));
  say(
    `upgraded to ${(await apps.list(tenantId)).map(({ appId, version }) => `${appId} ${version}`).join(', ')}`,
  );
}

async function uninstall({ apps, router }: Runtime, tenantId: string, say: Say): Promise<void> {
  const error = await apps.uninstallApp(tenantId, 'contacts').then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!ObjectStackError.isInstance(error, 'app_in_use')) throw error;
  say(`${error.code}: ${String(error.details.dependents)}`);
  const { records } = await apps.previewUninstall(tenantId, 'invoicing');
  say(`to remove: ${JSON.stringify(records)}`);
  await apps.uninstallApp(tenantId, 'invoicing', { data: 'archive' });
  const [archive] = await apps.listArchives(tenantId);
  say(`archived ${archive?.records} records of ${archive?.appId} ${archive?.version}`);
  const again = await apps.installApp(tenantId, invoicing2, { payment_key: 'example-key' });
  say(`installed it again: ${installed(again).restoredRecords} records restored`);
  const db = await router.getTenantClient(tenantId);
  const [invoice] = await db.find('invoicing__invoice');
  say(`invoice ${invoice?.number} is ${invoice?.status}`);
}

/** Another tenant of the same app gets the new version by a rollout. */
async function rollOut({ apps, fleet, provisioning, deployments }: Runtime, say: Say): Promise<void> {
  const { tenantId } = await provisioning.provisionTenant({ orgId: 'globex' });
  await deployments.deploy(tenantId, OWN);
  installed(await apps.installApp(tenantId, contacts1, {}));
  await fleet.createAppRelease(contacts2, { name: 'contacts-1.1' });
  const plan = await fleet.planRollout('contacts-1.1');
  say(
    `rollout of contacts ${plan.bundleVersion}: ${plan.tenants} tenants, ${plan.upToDateTenants} up to date`,
  );
  await fleet.startRollout(plan);
  const { progress } = await fleet.waitForRollout(plan.rolloutId);
  say(`rolled out: ${JSON.stringify(progress.states)}`);
}

/** Publishes the apps, and installs, upgrades and uninstalls them in a new tenant. Its data is in the folder. */
export async function runDemo(folder: string, say: Say): Promise<void> {
  const appRegistry = createFileAppRegistry(join(folder, 'apps'));
  const publish = async (...manifests: AppManifestInput[]) => {
    for (const manifest of manifests) await appRegistry.publish({ bytes: bytesOf(manifest) });
  };
  await publish(contacts1, invoicing1);
  const runtime = await createRuntime({
    dataPlane: tursoLocal({ dir: join(folder, 'data') }),
    appRegistry,
    sealer: createSecretSealer({ keys: [{ id: 'demo', key: randomBytes(32) }] }),
  });
  try {
    const { tenantId } = await runtime.provisioning.provisionTenant({ orgId: 'acme' });
    await runtime.deployments.deploy(tenantId, OWN);
    await install(runtime, tenantId, say);
    const db = await runtime.router.getTenantClient(tenantId);
    const company = await db.findOne('contacts__company', { where: { name: 'Ortiz & Sons' } });
    const invoice = await db.create('invoicing__invoice', { company: company?.id ?? '', status: 'sent' });
    await db.create('invoicing__item', { invoice: invoice.id, description: 'Consulting', amount: 950 });
    await publish(contacts2, invoicing2);
    await upgrade(runtime, tenantId, say);
    await uninstall(runtime, tenantId, say);
    await rollOut(runtime, say);
  } finally {
    await runtime.close();
  }
}

import type { UninstallAppOptions } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type AppUninstallPreview, assertReady, type MigrationPlan } from '@objectstack/spec/system';
import { forgetSets } from '../seed/seed-progress.js';
import type { AppContext, AppTenant } from './app-context.js';
import { archiveAppData, archiveUninstalled } from './archive-app-data.js';
import { changeApps, unlessOvertaken } from './change-apps.js';
import { dependentsOf } from './dependents-of.js';
import { findApp } from './describe-apps.js';
import { evaluateLayers, incompatible } from './evaluate-layers.js';
import { openAppTenant } from './open-app-tenant.js';
import { purgeAppData, purgeUninstalled } from './purge-app-data.js';
import type { InstalledAppLayer } from './tenant-layers.js';

const inUse = (appId: string, dependents: readonly string[]) =>
  new ObjectStackError({
    code: 'app_in_use',
    message: `The app ${appId} is required by ${dependents.slice(0, 5).join(', ')}${dependents.length > 5 ? ' and others' : ''}. Remove these first.`,
    details: { apps: [appId], dependents: [...dependents] },
  });

/** Removing an app is the consent to remove its components. */
const everyChange = ({ diff }: MigrationPlan) =>
  [...diff.objects, ...diff.fields, ...diff.indexes, ...diff.components].map(({ id }) => id);

/** Progress of the app's seed data is forgotten with it, so that another installation writes it again. */
const forgetSeeds = ({ manifest }: InstalledAppLayer) => forgetSets(manifest.objects.map(({ name }) => name));

/** The retained data of a purge expires at once, also if the process ends before it is deleted. */
function contextFor(
  context: AppContext,
  layer: InstalledAppLayer,
  { data }: UninstallAppOptions,
): AppContext {
  return { ...context, firstStatements: forgetSeeds(layer), ...(data === 'purge' && { retentionDays: 0 }) };
}

async function attempt(
  context: AppContext,
  { tenantId, appId, options }: { tenantId: string; appId: string; options: UninstallAppOptions },
): Promise<void> {
  const { signal } = options;
  const tenant = await openAppTenant(context, tenantId);
  const { own, apps } = tenant.before;
  const layer = apps.find(({ manifest }) => manifest.name === appId);
  if (!layer) {
    if (options.data === 'archive') await archiveUninstalled(context, tenant, appId);
    if (options.data === 'purge') await purgeUninstalled(context, tenant, appId);
    return;
  }
  const dependents = dependentsOf({ own, apps }, layer.manifest);
  if (dependents.length > 0) throw inUse(appId, dependents);
  const layers = { own, apps: apps.filter((app) => app !== layer) };
  const { prepared, plan, issues } = await evaluateLayers(context, tenant, { layers, app: appId, signal });
  if (!prepared || !plan) throw incompatible(appId, issues);
  const allow = everyChange(plan);
  const { result, error } = await changeApps(contextFor(context, layer, options), {
    tenant,
    prepared,
    plan,
    allow,
    signal,
  });
  if (error) throw error;
  assertReady(result);
  const { deploymentId } = result;
  if (options.data === 'archive')
    await archiveAppData(context, tenant, { deploymentId, manifest: layer.manifest });
  if (options.data === 'purge')
    await purgeAppData(context, tenant, { deploymentId, manifest: layer.manifest });
}

/** See {@link IAppLifecycleService.uninstallApp}. */
export function uninstallApp(
  context: AppContext,
  request: { tenantId: string; appId: string; options: UninstallAppOptions },
): Promise<void> {
  return unlessOvertaken(() => attempt(context, request));
}

/** See {@link IAppService.previewUninstall}. */
export async function previewUninstall(
  { driver, before }: Pick<AppTenant, 'driver' | 'before'>,
  appId: string,
): Promise<AppUninstallPreview> {
  const { manifest } = findApp(before, appId);
  const records: Record<string, number> = {};
  for (const { name } of manifest.objects) records[name] = await driver.count(name);
  return {
    appId: manifest.name,
    version: manifest.version,
    dependents: dependentsOf(before, manifest),
    records,
    fields: manifest.objectExtensions.flatMap(({ extend, fields = {} }) =>
      Object.keys(fields).map((field) => `${extend}.${field}`),
    ),
  };
}

import type { IDataDriver } from '@objectstack/spec/contracts';
import type { AppManifest, DeploymentEntry } from '@objectstack/spec/system';
import type { DeployContext } from '../deploy/deploy-context.js';
import { readStoredBundle } from '../deploy/read-stored-bundle.js';
import { findArchives, restoredFrom } from './find-archives.js';
import { layersOf, namespacePrefix, type RetainedAppData } from './tenant-layers.js';

/** Data of an earlier installation that is still retained, and the version that it belongs to. */
export interface RetainedInstallation {
  readonly manifest: AppManifest;
  readonly data: readonly RetainedAppData[];
}

/** The deployment that uninstalled an app, and the version that was installed. */
export interface Uninstallation {
  readonly deploymentId: string;
  readonly manifest: AppManifest;
}

/** Number of deployments that are searched for the one that uninstalled the app. */
const MOST_DEPLOYMENTS = 100;

/** The latest deployment in effect that removed the app, and the version that it removed. */
export async function findUninstallation(
  { bundles }: Pick<DeployContext, 'bundles'>,
  history: readonly DeploymentEntry[],
  appId: string,
): Promise<Uninstallation | undefined> {
  const inEffect = history.filter(({ isInEffect, bundleChecksum }) => isInEffect && bundleChecksum).reverse();
  for (const [index, { bundleChecksum = '' }] of inEffect.slice(0, MOST_DEPLOYMENTS).entries()) {
    const bundle = await readStoredBundle(bundles, bundleChecksum).catch(() => undefined);
    const app = bundle && layersOf(bundle).apps.find(({ manifest }) => manifest.name === appId);
    if (app) return { deploymentId: inEffect[index - 1]?.id ?? '', manifest: app.manifest };
  }
  return undefined;
}

async function retainedTables(driver: IDataDriver, now: Date): Promise<Record<string, unknown>[]> {
  const { rows: known } = await driver.execute(`SELECT 1 FROM sqlite_schema WHERE name = '_os_undo'`);
  if (known.length === 0) return [];
  const sql = 'SELECT id, deployment, object FROM _os_undo WHERE expires_at > ? ORDER BY id';
  return (await driver.execute(sql, [now.toISOString()])).rows;
}

const fieldsOn = ({ objectExtensions }: AppManifest, object: string) =>
  objectExtensions.flatMap(({ extend, fields = {} }) => (extend === object ? Object.keys(fields) : []));

/** The table of a removed object is listed under a placeholder that ends in its name. */
function toRetainedData(
  { id, object }: Record<string, unknown>,
  { deploymentId: deployment, manifest }: Uninstallation,
): RetainedAppData[] {
  const of = { deployment, table: String(id) };
  const own = manifest.objects.find(({ name }) => String(object).endsWith(name));
  if (own) return [{ ...of, object: own.name }];
  const fields = fieldsOn(manifest, String(object));
  return fields.length > 0 ? [{ ...of, object: String(object), fields }] : [];
}

const dataOf = (tables: readonly Record<string, unknown>[], found: Uninstallation) =>
  tables.flatMap((row) => (row.deployment === found.deploymentId ? toRetainedData(row, found) : []));

/** The app's data that the tenant's database still retains. */
export async function retainedDataOf(
  driver: IDataDriver,
  found: Uninstallation,
  now: Date,
): Promise<RetainedAppData[]> {
  return dataOf(await retainedTables(driver, now), found);
}

/** Finds the data of the app's latest installation, if it was uninstalled within the retention window. */
export async function findRetainedData(
  context: Pick<DeployContext, 'bundles' | 'dataPlane' | 'clock'>,
  driver: IDataDriver,
  app: AppManifest,
): Promise<RetainedInstallation | undefined> {
  const now = context.clock.now();
  const tables = await retainedTables(driver, now);
  const archives = (await findArchives(driver, now)).filter(({ appId }) => appId === app.name);
  const prefix = namespacePrefix(app);
  const mayHave =
    app.objectExtensions.length > 0 || tables.some(({ object }) => String(object).includes(prefix));
  if (archives.length === 0 && (!mayHave || tables.length === 0)) return undefined;
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  const found = await findUninstallation(context, history, app.name);
  if (!found) return undefined;
  const archive = archives.find(({ deploymentId }) => deploymentId === found.deploymentId);
  const data = archive ? restoredFrom(archive) : dataOf(tables, found);
  return data.length > 0 ? { manifest: found.manifest, data } : undefined;
}

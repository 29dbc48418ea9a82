import type { IDataDriver } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { type CurrentSchema, type DeployBundle, hasNoChanges, TENANT_OWNER } from '@objectstack/spec/system';
import { installedLayers } from '../apps/installed-layers.js';
import { type InstalledAppLayer, joinLayers } from '../apps/tenant-layers.js';
import { makePlan } from '../deploy/make-plan.js';
import { readStoredBundle } from '../deploy/read-stored-bundle.js';
import { readProgress } from '../seed/seed-progress.js';
import { seedSetIds, skippedAs } from '../seed/seed-set.js';
import type { TenantDataContext } from './tenant-data-context.js';

/** What an archive contains of the metadata of a tenant. */
export interface ExportedBundle {
  /** The stored form of the bundle, with its apps; null if nothing was deployed. */
  readonly stored: DeployBundle | null;
  readonly version: string | null;
  /** Ids of the seed sets that a deployment has not written, or not completely. */
  readonly unwrittenSeeds: readonly string[];
}

/** Settings that are secret are sealed for the tenant, and the retained data of an app is not exported. */
function portableApp({ restores: _, sealedFor: _tenant, ...layer }: InstalledAppLayer): InstalledAppLayer {
  const { settings: declared } = layer.manifest;
  const isPublic = ([name]: [string, unknown]) => Object.hasOwn(declared, name) && !declared[name]?.secret;
  return { ...layer, settings: Object.fromEntries(Object.entries(layer.settings).filter(isPublic)) };
}

export const portableApps = (apps: readonly InstalledAppLayer[]) => apps.map(portableApp);

function notDeployed(): ObjectStackError {
  return new ObjectStackError({
    code: 'schema_mismatch',
    message:
      'The tenant has metadata that no deployment of a bundle created, so an archive cannot contain it. Deploy it as a bundle first.',
  });
}

async function unwrittenSeeds(
  { environment }: TenantDataContext,
  driver: IDataDriver,
  bundle: DeployBundle,
): Promise<string[]> {
  const sets = [...seedSetIds(bundle)].map(([dataset, id]) => ({ id, dataset }));
  const progress = await readProgress(
    driver,
    sets.filter(({ dataset }) => !skippedAs(dataset, bundle, environment)),
  );
  return [...progress].flatMap(([id, { isComplete }]) => (isComplete ? [] : [id]));
}

/** The bundle in effect. Throws `schema_mismatch` if deploying it to an empty database would not lead to the schema. */
export async function exportedBundle(
  context: TenantDataContext,
  driver: IDataDriver,
  current: CurrentSchema,
): Promise<ExportedBundle> {
  const { own, apps, checksum } = await installedLayers(context, driver);
  if (current.objects.some(({ owner }) => owner !== TENANT_OWNER)) throw notDeployed();
  if (checksum === null) {
    if (current.objects.length > 0 || current.components.length > 0) throw notDeployed();
    return { stored: null, version: null, unwrittenSeeds: [] };
  }
  const bundle = await readStoredBundle(context.bundles, checksum);
  const plan = await makePlan(context.dataPlane, { current, bundle, checksum }, {});
  if (!hasNoChanges(plan)) throw notDeployed();
  return {
    stored: joinLayers({ own, apps: portableApps(apps) }),
    version: bundle.manifest.version,
    unwrittenSeeds: await unwrittenSeeds(context, driver, bundle),
  };
}

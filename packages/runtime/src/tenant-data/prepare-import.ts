import { runStepsInTurns } from '@objectstack/spec/shared';
import type { TenantArchiveManifest, TenantQuota } from '@objectstack/spec/system';
import { type InstalledAppLayer, splitLayers } from '../apps/tenant-layers.js';
import { invalidBundle } from '../bundle/invalid-bundle.js';
import { checkBundleSteps } from '../bundle/validate-bundle.js';
import { assertBundleFits } from '../deploy/assert-within-quota.js';
import { ownLayer, type PreparedBundle, prepareLayers } from '../deploy/prepare-layers.js';
import { portableApps } from './exported-bundle.js';
import { invalidArchive } from './invalid-archive.js';
import type { TenantDataContext } from './tenant-data-context.js';

/** A bundle without apps and extensions is checked on its own, so that it has the checksum that any deployment has. */
async function prepareBundle(
  own: Record<string, unknown>,
  apps: readonly InstalledAppLayer[],
  signal: AbortSignal | undefined,
): Promise<PreparedBundle> {
  if (apps.length === 0 && own.objectExtensions === undefined) {
    const { result, bundle, canonical } = await runStepsInTurns(checkBundleSteps(own), signal);
    if (!bundle || !canonical) throw invalidBundle(result);
    return { result, bundle, canonical };
  }
  const layers = { own: await ownLayer(own, signal), apps: portableApps(apps) };
  const { result, prepared } = await runStepsInTurns(prepareLayers(layers), signal);
  if (!prepared) throw invalidBundle(result);
  return prepared;
}

/**
 * The bundle of an archive, as it will be deployed. Validates everything that can be before a database exists. Settings of
 * apps that are secret are dropped: an archive cannot contain them.
 */
export async function prepareImport(
  context: Pick<TenantDataContext, 'environment'>,
  { manifest, bundle: stored }: { manifest: TenantArchiveManifest; bundle: Record<string, unknown> | null },
  { quotas, signal }: { quotas: TenantQuota; signal: AbortSignal | undefined },
): Promise<PreparedBundle | null> {
  if (!stored) {
    if (manifest.objects.length > 0) throw invalidArchive('The archive has objects, but no bundle.', 1);
    return null;
  }
  const split = splitLayers(stored);
  if (!split) throw invalidArchive('The apps of the bundle are malformed.', 2);
  const prepared = await prepareBundle(split.own, split.apps, signal);
  const { bundle } = prepared;
  const names = new Set(bundle.objects.map(({ name }) => name));
  if (names.size !== manifest.objects.length || !manifest.objects.every((name) => names.has(name)))
    throw invalidArchive('The objects of the manifest and of the bundle differ.', 1);
  assertBundleFits(
    quotas,
    { current: { objects: [] }, bundle: { ...bundle, seedData: [] } },
    context.environment,
  );
  return prepared;
}

import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DeploymentRecord, SeedResult } from '@objectstack/spec/system';
import { readProgress, type SeedProgress } from '../seed/seed-progress.js';
import { seedSetIds, skippedAs } from '../seed/seed-set.js';
import { emptyResult } from '../seed/stored-seed-result.js';
import type { DeployContext } from './deploy-context.js';
import { readStoredBundle } from './read-stored-bundle.js';

interface SeedsSoFar {
  /** Progress of each seed set, in their order. */
  readonly seeds: SeedResult[];
  readonly isComplete: boolean;
  /** Without the bundle, nothing is known about the seeds. */
  readonly isBundleStored: boolean;
}

/** Progress of a deployment's seeds according to the tenant's database. Read-only. */
export async function seedsSoFar(
  { bundles, environment }: Pick<DeployContext, 'bundles' | 'environment'>,
  driver: IDataDriver,
  { bundleChecksum }: Pick<DeploymentRecord, 'bundleChecksum'>,
): Promise<SeedsSoFar> {
  const bundle = await readStoredBundle(bundles, bundleChecksum).catch(() => null);
  if (!bundle) return { seeds: [], isComplete: false, isBundleStored: false };
  const sets = [...seedSetIds(bundle)].map(([dataset, id]) => {
    return { id, dataset, skipped: skippedAs(dataset, bundle, environment) };
  });
  const progress = await readProgress(
    driver,
    sets.filter(({ skipped }) => !skipped),
  );
  const seeds = sets.map(({ id, dataset, skipped }): SeedResult => {
    return skipped ? emptyResult(dataset, skipped) : (progress.get(id) as SeedProgress).storedResult.result;
  });
  const isComplete = sets.every(({ id, skipped }) => skipped || progress.get(id)?.isComplete);
  return { seeds, isComplete, isBundleStored: true };
}

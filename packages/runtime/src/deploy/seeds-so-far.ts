import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DeploymentRecord, SeedResult } from '@objectstack/spec/system';
import { readProgress } from '../seed/seed-progress.js';
import { seedSetIds, skippedAs } from '../seed/seed-set.js';
import { emptyResult } from '../seed/seed-tally.js';
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
  const ids = seedSetIds(bundle);
  const seeds: SeedResult[] = [];
  let isComplete = true;
  for (const dataset of bundle.seedData) {
    const skipped = skippedAs(dataset, bundle, environment);
    if (skipped) {
      seeds.push(emptyResult(dataset, skipped));
      continue;
    }
    const progress = await readProgress(driver, { id: ids.get(dataset) ?? '', dataset });
    seeds.push(progress.tally.result);
    isComplete &&= progress.isComplete;
  }
  return { seeds, isComplete, isBundleStored: true };
}

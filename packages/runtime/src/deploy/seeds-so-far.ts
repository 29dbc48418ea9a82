import type { IDataDriver } from '@objectstack/spec/contracts';
import type { DeploymentRecord, SeedResult } from '@objectstack/spec/system';
import { readProgress } from '../seed/seed-progress.js';
import { seedSetIds } from '../seed/seed-set.js';
import { emptyResult } from '../seed/seed-tally.js';
import type { DeployContext } from './deploy-context.js';
import { readStoredBundle } from './read-stored-bundle.js';

interface SeedsSoFar {
  /** What is known to be written of each set, in their order. */
  readonly seeds: SeedResult[];
  readonly isComplete: boolean;
  /** Without its bundle nothing is known of the seeds. */
  readonly isBundleStored: boolean;
}

/** What the tenant's database says of the seeds of a deployment, whoever wrote them. Writes nothing. */
export async function seedsSoFar(
  { bundles, environment }: DeployContext,
  driver: IDataDriver,
  { bundleChecksum }: Pick<DeploymentRecord, 'bundleChecksum'>,
): Promise<SeedsSoFar> {
  const bundle = await readStoredBundle(bundles, bundleChecksum).catch(() => null);
  if (!bundle) return { seeds: [], isComplete: false, isBundleStored: false };
  const ids = seedSetIds(bundle);
  const seeds: SeedResult[] = [];
  let isComplete = true;
  for (const dataset of bundle.seedData) {
    if (!dataset.env.includes(environment)) {
      seeds.push(emptyResult(dataset, 'other_environment'));
      continue;
    }
    const progress = await readProgress(driver, { id: ids.get(dataset) ?? '', dataset });
    seeds.push(progress.tally.result);
    isComplete &&= progress.isComplete;
  }
  return { seeds, isComplete, isBundleStored: true };
}

import type { IBundleStore, IDataDriver, StoredDeployment } from '@objectstack/spec/contracts';
import { readStoredBundle } from '../deploy/read-stored-bundle.js';
import { areComplete } from '../seed/seed-progress.js';
import { seedSetIds, skippedAs } from '../seed/seed-set.js';
import type { TemplateContext } from './template-context.js';

type SetIds = readonly string[];

/** Ids of the seed sets of bundles that were read before: a bundle never changes. */
const knownSets = new WeakMap<IBundleStore, Map<string, SetIds>>();

/** Ids of the seed sets that a deployment of the bundle writes, without duplicates. Null if the bundle is not stored. */
async function writtenSets(
  { bundles, environment }: TemplateContext,
  checksum: string,
): Promise<SetIds | null> {
  const known = knownSets.get(bundles) ?? new Map<string, SetIds>();
  knownSets.set(bundles, known);
  const key = `${environment} ${checksum}`;
  const ids = known.get(key);
  if (ids) return ids;
  const bundle = await readStoredBundle(bundles, checksum).catch(() => null);
  if (!bundle) return null;
  const sets = [...seedSetIds(bundle)].filter(([dataset]) => !skippedAs(dataset, bundle, environment));
  const read = [...new Set(sets.map(([, id]) => id))];
  known.set(key, read);
  return read;
}

/**
 * Whether the database of a driver contains every deployment that is recorded for its template, with all seeds. A copy does not
 * if it was made while the lost database of the template was built again.
 */
export async function isCompleteCopy(
  context: TemplateContext,
  { driver, recorded }: { driver: IDataDriver; recorded: readonly StoredDeployment[] },
): Promise<boolean> {
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  const isPresent = (id: string) => history.some((entry) => entry.id === id);
  if (history.length === 0 || !recorded.every(({ id }) => isPresent(id))) return false;
  for (const { bundleChecksum } of recorded) {
    const sets = await writtenSets(context, bundleChecksum);
    if (sets && !(await areComplete(driver, sets))) return false;
  }
  return true;
}

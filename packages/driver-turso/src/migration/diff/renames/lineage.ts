import { previousNames, type RenamedFrom } from '@objectstack/spec/data';

/**
 * Rename hint of an object or a field. Its lineage is its name followed by its previous names, most recent first. A
 * list of previous names is complete, and so is a missing hint; a single name says nothing about earlier names. A
 * deployed item is an earlier version of a desired item if its lineage is the end of the lineage of the desired item.
 * This distinguishes items whose names were reused in versions that a database has skipped, which comparing names alone
 * cannot.
 */
export interface Lineage {
  readonly renamedFrom?: RenamedFrom | undefined;
}

/** Deployed or desired objects or fields by name. */
export type Lineages = ReadonlyMap<string, Lineage>;

/** The most recent previous name. */
export const latestPreviousName = (item: Lineage | undefined): string | undefined =>
  previousNames(item?.renamedFrom)[0];

/** Whether the deployed item of the same name has the same hint, so that the rename was deployed. */
export function isApplied(item: Lineage | undefined, deployed: Lineage | undefined): boolean {
  if (latestPreviousName(item) === undefined || latestPreviousName(item) !== latestPreviousName(deployed))
    return false;
  const [names, others] = [item, deployed].map((one) => one?.renamedFrom);
  return !Array.isArray(names) || !Array.isArray(others) || names.join() === others.join();
}

/** Whether the hint of a deployed item matches the previous names that a desired item had before this name. */
function agrees({ renamedFrom }: Lineage, earlier: readonly string[]): boolean {
  if (typeof renamedFrom === 'string') return renamedFrom === earlier[0];
  const names = previousNames(renamedFrom);
  return names.length === earlier.length && names.every((name, index) => name === earlier[index]);
}

/**
 * Name of the deployed item whose lineage is the end of that of the desired item; with a single previous name, that
 * name.
 */
export function exactPredecessor(
  name: string,
  { renamedFrom }: Lineage,
  before: Lineages,
  isTaken: (name: string) => boolean,
): string | undefined {
  if (renamedFrom === undefined) return undefined;
  if (typeof renamedFrom === 'string')
    return renamedFrom !== name && before.has(renamedFrom) ? renamedFrom : undefined;
  const names = [name, ...previousNames(renamedFrom)];
  return names.find((former, index) => {
    const item = before.get(former);
    return item && !isTaken(former) && agrees(item, names.slice(index + 1));
  });
}

/** Name of the first deployed item with one of the names of a desired item, for metadata without complete hints. */
export function likelyPredecessor(
  name: string,
  { renamedFrom }: Lineage,
  before: Lineages,
  isTaken: (name: string) => boolean,
): string | undefined {
  if (renamedFrom === undefined || typeof renamedFrom === 'string') return undefined;
  return [name, ...previousNames(renamedFrom)].find((former) => before.has(former) && !isTaken(former));
}

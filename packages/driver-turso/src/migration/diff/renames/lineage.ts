import { previousNames, type RenamedFrom } from '@objectstack/spec/data';

/**
 * A lineage is the name of a thing followed by its previous names, the latest first. A list of previous names is
 * complete, and so is the absence of a hint; a single name says nothing of those before it. A deployed thing is the
 * desired one at an earlier version if its lineage ends that of the desired one. That tells things apart whose names
 * were passed around in versions that a database has skipped, which a comparison of names alone cannot.
 */
export interface Lineage {
  readonly renamedFrom?: RenamedFrom | undefined;
}

/** Deployed or desired things by their names. */
export type Lineages = ReadonlyMap<string, Lineage>;

/** The previous name that a thing had last. */
export const latestPreviousName = (thing: Lineage | undefined): string | undefined =>
  previousNames(thing?.renamedFrom)[0];

/** Whether the deployed thing of the same name has the same hint: it was deployed with its rename. */
export function isApplied(thing: Lineage | undefined, deployed: Lineage | undefined): boolean {
  if (latestPreviousName(thing) === undefined || latestPreviousName(thing) !== latestPreviousName(deployed))
    return false;
  const [names, others] = [thing, deployed].map((one) => one?.renamedFrom);
  return !Array.isArray(names) || !Array.isArray(others) || names.join() === others.join();
}

/**
 * Whether the hints of a deployed thing agree with the previous names that a desired one had before it had this name.
 */
function agrees({ renamedFrom }: Lineage, earlier: readonly string[]): boolean {
  if (typeof renamedFrom === 'string') return renamedFrom === earlier[0];
  const names = previousNames(renamedFrom);
  return names.length === earlier.length && names.every((name, index) => name === earlier[index]);
}

/**
 * The deployed thing whose lineage ends that of the desired one, under the latest name; or the one that a single name
 * says.
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
    const thing = before.get(former);
    return thing && !isTaken(former) && agrees(thing, names.slice(index + 1));
  });
}

/** The first deployed thing that has one of the names of a desired one, for authors who have left out hints. */
export function likelyPredecessor(
  name: string,
  { renamedFrom }: Lineage,
  before: Lineages,
  isTaken: (name: string) => boolean,
): string | undefined {
  if (renamedFrom === undefined || typeof renamedFrom === 'string') return undefined;
  return [name, ...previousNames(renamedFrom)].find((former) => before.has(former) && !isTaken(former));
}

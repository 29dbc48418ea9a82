import { isApplied, type Lineage, type Lineages } from './lineage.js';

/** Whether a single name is all that is said of what came before. */
const hasSingleFormer = (name: string, { renamedFrom }: Lineage): boolean =>
  typeof renamedFrom === 'string' && renamedFrom !== name;

/**
 * Names of desired things that may have their data under a name that their hint does not say, because a version was
 * skipped in which they were renamed before. One that is new would start empty. One that has the name of a deployed
 * thing is that thing if nothing else was renamed, and otherwise the two may have passed their names to each other.
 */
export function unprovenRenames(
  before: Lineages,
  after: Lineages,
  formers: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  if (before.size === 0) return new Set();
  const hinted = [...after].filter(([name, thing]) => hasSingleFormer(name, thing)).map(([name]) => name);
  const added = hinted.filter((name) => !formers.has(name));
  const staying = hinted.filter(
    (name) => formers.get(name) === name && !isApplied(after.get(name), before.get(name)),
  );
  const renamed = [...formers].filter(([name, former]) => name !== former);
  return new Set([...added, ...(staying.length + renamed.length > 1 ? staying : [])]);
}

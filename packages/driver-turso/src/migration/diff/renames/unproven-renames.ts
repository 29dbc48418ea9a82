import { isApplied, type Lineage, type Lineages } from './lineage.js';

/** Whether the hint is a single previous name. */
const hasSingleFormer = (name: string, { renamedFrom }: Lineage): boolean =>
  typeof renamedFrom === 'string' && renamedFrom !== name;

/**
 * Names of desired items whose data may be stored under a name that their hint does not contain, because a skipped
 * version renamed them before. A new item would start empty. An item with the name of a deployed item is that item if
 * no other item was renamed; otherwise the two may have swapped their names.
 */
export function unprovenRenames(
  before: Lineages,
  after: Lineages,
  predecessors: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  if (before.size === 0) return new Set();
  const hinted = [...after].filter(([name, item]) => hasSingleFormer(name, item)).map(([name]) => name);
  const added = hinted.filter((name) => !predecessors.has(name));
  const staying = hinted.filter(
    (name) => predecessors.get(name) === name && !isApplied(after.get(name), before.get(name)),
  );
  const renamed = [...predecessors].filter(([name, former]) => name !== former);
  return new Set([...added, ...(staying.length + renamed.length > 1 ? staying : [])]);
}

import { ObjectStackError } from '@objectstack/spec/shared';
import { exactPredecessor, isApplied, type Lineage, type Lineages, likelyPredecessor } from './lineage.js';

type Find = (name: string, item: Lineage) => string | undefined;

const found = (items: readonly (readonly [string, Lineage])[], find: Find): [string, string][] =>
  items.flatMap(([name, item]): [string, string][] => {
    const former = find(name, item);
    return former === undefined ? [] : [[name, former]];
  });

/**
 * Names of deployed items by the names of the desired items whose hints match them. A hint is applied unless the
 * deployed definition of the same name has the same hint, because then the rename was deployed. This no longer holds
 * after another applied hint renames that deployed item, so the search is repeated until it finds no further hints.
 */
function followHints(before: Lineages, after: Lineages): Map<string, string> {
  const followed = new Map<string, string>();
  for (;;) {
    const moved = new Set([...followed].flatMap(([name, former]) => (former === name ? [] : [former])));
    const stays = (name: string) => !moved.has(name) && isApplied(after.get(name), before.get(name));
    const waiting = [...after].filter(([name]) => !followed.has(name) && !stays(name));
    const exact = found(waiting, (name, item) =>
      exactPredecessor(name, item, before, (other) => other === name && moved.has(name)),
    );
    const taken = new Set([...followed, ...exact].map(([, former]) => former));
    const told = new Set(exact.map(([name]) => name));
    const left = waiting.filter(([name]) => !told.has(name));
    const likely = found(left, (name, item) =>
      likelyPredecessor(name, item, before, (other) => taken.has(other) || stays(other)),
    );
    if (exact.length + likely.length === 0) return followed;
    for (const [name, former] of [...exact, ...likely]) followed.set(name, former);
  }
}

/**
 * Rejects a hint that would replace a deployed item by another one whose previous name a new item takes: it is unknown
 * whether the hint was applied before, with a definition that did not contain it.
 */
function assertClear(hints: ReadonlyMap<string, string>, before: Lineages, after: Lineages): void {
  const moved = new Set(hints.values());
  for (const [name, former] of hints) {
    if (former === name || !before.has(name) || moved.has(name) || !after.has(former) || hints.has(former))
      continue;
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `renamedFrom of ${name} is ${former}, but both are deployed and both remain. Remove renamedFrom from ${name}, or rename ${former} in a version that has no ${former}.`,
      details: { name, renamedFrom: former },
    });
  }
}

function assertDistinct(hints: ReadonlyMap<string, string>): void {
  const predecessors = [...hints.values()];
  const twice = predecessors.find((former, index) => predecessors.indexOf(former) !== index);
  if (twice === undefined) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `Two objects or fields have the previous name ${twice}. Deploy the skipped versions first, or list all previous names of both in renamedFrom.`,
    details: { renamedFrom: twice },
  });
}

/**
 * In a rollback: current names by desired names; null if the item is not deployed. Absent items have not been renamed.
 */
export type KnownPredecessors = Readonly<Record<string, string | null>>;

function matchKnown(before: Lineages, after: Lineages, predecessors: KnownPredecessors): Map<string, string> {
  return new Map(
    [...after.keys()].flatMap((name): [string, string][] => {
      const former = Object.hasOwn(predecessors, name) ? predecessors[name] : name;
      return former && before.has(former) ? [[name, former]] : [];
    }),
  );
}

/** Names of deployed items by the names of the desired items that they become. New items are absent. */
export function matchRenames(
  before: Lineages,
  after: Lineages,
  predecessors?: KnownPredecessors,
): Map<string, string> {
  if (predecessors) return matchKnown(before, after, predecessors);
  const hints = followHints(before, after);
  assertDistinct(hints);
  assertClear(hints, before, after);
  const matches = new Map<string, string>();
  const moved = new Set(hints.values());
  for (const name of after.keys()) {
    const former = hints.get(name) ?? (before.has(name) && !moved.has(name) ? name : undefined);
    if (former !== undefined) matches.set(name, former);
  }
  return matches;
}

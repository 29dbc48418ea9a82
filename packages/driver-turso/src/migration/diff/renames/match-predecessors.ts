import { ObjectStackError } from '@objectstack/spec/shared';
import { exactPredecessor, isApplied, type Lineage, type Lineages, likelyPredecessor } from './lineage.js';

type Find = (name: string, thing: Lineage) => string | undefined;

const found = (things: readonly (readonly [string, Lineage])[], find: Find): [string, string][] =>
  things.flatMap(([name, thing]): [string, string][] => {
    const former = find(name, thing);
    return former === undefined ? [] : [[name, former]];
  });

/**
 * Deployed things by the desired ones whose hints speak of them. A hint is followed unless the deployed definition of
 * the same name has it too: then it was deployed with its rename. That proves nothing any more once a hint that is
 * followed gives the deployed thing another name, so hints are followed until no further one is.
 */
function followHints(before: Lineages, after: Lineages): Map<string, string> {
  const followed = new Map<string, string>();
  for (;;) {
    const moved = new Set([...followed].flatMap(([name, former]) => (former === name ? [] : [former])));
    const stays = (name: string) => !moved.has(name) && isApplied(after.get(name), before.get(name));
    const waiting = [...after].filter(([name]) => !followed.has(name) && !stays(name));
    const exact = found(waiting, (name, thing) =>
      exactPredecessor(name, thing, before, (other) => other === name && moved.has(name)),
    );
    const taken = new Set([...followed, ...exact].map(([, former]) => former));
    const told = new Set(exact.map(([name]) => name));
    const left = waiting.filter(([name]) => !told.has(name));
    const likely = found(left, (name, thing) =>
      likelyPredecessor(name, thing, before, (other) => taken.has(other) || stays(other)),
    );
    if (exact.length + likely.length === 0) return followed;
    for (const [name, former] of [...exact, ...likely]) followed.set(name, former);
  }
}

/**
 * Refuses a hint that would put one thing in the place of another while a new one takes the former name: whether it was
 * applied before, under a definition without the hint, cannot be known.
 */
function assertClear(hints: ReadonlyMap<string, string>, before: Lineages, after: Lineages): void {
  const moved = new Set(hints.values());
  for (const [name, former] of hints) {
    if (former === name || !before.has(name) || moved.has(name) || !after.has(former) || hints.has(former))
      continue;
    throw new ObjectStackError({
      code: 'invalid_request',
      message: `${name} says that it was called ${former}, but both are deployed and both stay. Remove renamedFrom from ${name}, or rename ${former} in a version that has no ${former}.`,
      details: { name, renamedFrom: former },
    });
  }
}

function assertDistinct(hints: ReadonlyMap<string, string>): void {
  const formers = [...hints.values()];
  const twice = formers.find((former, index) => formers.indexOf(former) !== index);
  if (twice === undefined) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `Two things say that they were called ${twice}. Deploy the versions in between first, or list all previous names of both in renamedFrom.`,
    details: { renamedFrom: twice },
  });
}

/** Of a rollback: current names by desired names; null where nothing is deployed. What is absent has kept its name. */
export type KnownPredecessors = Readonly<Record<string, string | null>>;

function matchKnown(before: Lineages, after: Lineages, formers: KnownPredecessors): Map<string, string> {
  return new Map(
    [...after.keys()].flatMap((name): [string, string][] => {
      const former = Object.hasOwn(formers, name) ? formers[name] : name;
      return former && before.has(former) ? [[name, former]] : [];
    }),
  );
}

/**
 * By the name of each thing that is desired, the name of the deployed one that it comes from; what is new is left out.
 */
export function matchPredecessors(
  before: Lineages,
  after: Lineages,
  formers?: KnownPredecessors,
): Map<string, string> {
  if (formers) return matchKnown(before, after, formers);
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

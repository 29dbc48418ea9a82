import { ObjectStackError } from '@objectstack/spec/shared';

interface Named {
  readonly renamedFrom?: string | undefined;
}

/**
 * Hints that were not applied yet. The deployed definition is the proof: one that says the same was deployed with its
 * rename. A new thing that has the former name proves nothing.
 */
function freshHints(
  before: ReadonlyMap<string, Named>,
  after: ReadonlyMap<string, Named>,
): Map<string, string> {
  const hints = new Map<string, string>();
  for (const [name, { renamedFrom: former }] of after) {
    if (former === undefined || former === name || !before.has(former)) continue;
    if (before.get(name)?.renamedFrom !== former) hints.set(name, former);
  }
  return hints;
}

/**
 * Refuses a hint that would put one thing in the place of another while a new one takes the former name: whether it was
 * applied before, under a definition without the hint, cannot be known.
 */
function assertClear(
  hints: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, Named>,
  after: ReadonlyMap<string, Named>,
): void {
  const moved = new Set(hints.values());
  for (const [name, former] of hints) {
    if (!before.has(name) || moved.has(name) || !after.has(former) || hints.has(former)) continue;
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
    message: `Two things say that they were called ${twice}.`,
    details: { renamedFrom: twice },
  });
}

/** What a way back says that things are called now; null where they are gone. What it does not say has its name still. */
export type KnownFormers = Readonly<Record<string, string | null>>;

function matchKnown(
  before: ReadonlyMap<string, Named>,
  after: ReadonlyMap<string, Named>,
  formers: KnownFormers,
): Map<string, string> {
  return new Map(
    [...after.keys()].flatMap((name): [string, string][] => {
      const former = Object.hasOwn(formers, name) ? formers[name] : name;
      return former && before.has(former) ? [[name, former]] : [];
    }),
  );
}

/** By the name of each thing that is desired, the name of the deployed one that it comes from; what is new is left out. */
export function matchFormer(
  before: ReadonlyMap<string, Named>,
  after: ReadonlyMap<string, Named>,
  formers?: KnownFormers,
): Map<string, string> {
  if (formers) return matchKnown(before, after, formers);
  const hints = freshHints(before, after);
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

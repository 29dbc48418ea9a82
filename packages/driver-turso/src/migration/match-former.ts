import { ObjectStackError } from '@objectstack/spec/shared';

interface Named {
  readonly renamedFrom?: string | undefined;
}

/** Hints that say something new: a hint stays in the metadata after its rename was deployed. */
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

/** Drops hints at something that stays under its name; those around a circle hold each other up. */
function dropStale(hints: Map<string, string>, after: ReadonlyMap<string, Named>): void {
  const stale = [...hints].filter(([, former]) => after.has(former) && !hints.has(former));
  for (const [name] of stale) hints.delete(name);
  if (stale.length > 0) dropStale(hints, after);
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
  dropStale(hints, after);
  assertDistinct(hints);
  const matches = new Map<string, string>();
  for (const name of after.keys()) {
    const former = hints.get(name) ?? (before.has(name) ? name : undefined);
    if (former !== undefined) matches.set(name, former);
  }
  return matches;
}

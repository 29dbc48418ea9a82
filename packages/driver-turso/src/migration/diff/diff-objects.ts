import type { ObjectDefinition } from '@objectstack/spec/data';
import { ObjectStackError, type Steps } from '@objectstack/spec/shared';
import type { CurrentSchema, ObjectChange } from '@objectstack/spec/system';
import { isSameJson } from '../../schema/hash-of.js';
import { flatMapSteps } from '../../schema/map-steps.js';
import { assertNameFree, ownersOf, takenNames } from './assert-name-free.js';
import { type KnownPredecessors, matchRenames } from './renames/match-renames.js';
import { unprovenRenames } from './renames/unproven-renames.js';

const byObject = (a: { object: string }, b: { object: string }) => (a.object < b.object ? -1 : 1);

function assertDistinct(desired: readonly ObjectDefinition[]): void {
  const names = desired.map(({ name }) => name);
  const seen = new Set<string>();
  const repeated = names.find((name) => seen.size === seen.add(name).size);
  if (repeated === undefined) return;
  throw new ObjectStackError({
    code: 'invalid_request',
    message: `The metadata defines the object ${repeated} twice. Remove one of the definitions.`,
    details: { object: repeated },
  });
}

export interface ObjectOwner {
  readonly owner: string;
  /** In a rollback: current names of the objects. */
  readonly predecessors: KnownPredecessors | undefined;
}

const byName = (definitions: readonly ObjectDefinition[]) =>
  new Map(definitions.map((definition) => [definition.name, definition]));

const ownedBy = ({ objects }: CurrentSchema, owner: string) =>
  byName(objects.filter((object) => object.owner === owner).map(({ definition }) => definition));

/** Deployed definitions by the names of the desired objects that they become. */
export function previousObjects(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  { owner, predecessors }: ObjectOwner,
): Map<string, ObjectDefinition> {
  const owned = ownedBy(current, owner);
  const former = new Map<string, ObjectDefinition>();
  for (const [name, was] of matchRenames(owned, byName(desired), predecessors)) {
    const definition = owned.get(was);
    if (definition) former.set(name, definition);
  }
  return former;
}

type Facts = Pick<ObjectChange, 'risk' | 'code'>;
const UNPROVEN: Facts = { risk: 'unproven_rename', code: 'RN401' };
const safe = (code: ObjectChange['code']): Facts => ({ risk: 'safe', code });

function changeOf(
  after: ObjectDefinition,
  before: ObjectDefinition | undefined,
  isUnproven: boolean,
): ObjectChange[] {
  const object = after.name;
  const facts = (code: ObjectChange['code']) => (isUnproven ? UNPROVEN : safe(code));
  if (!before) return [{ id: `add_object:${object}`, change: 'added', ...facts('SF001'), object, after }];
  if (before.name !== object) {
    const id = `rename_object:${object}`;
    return [{ id, change: 'renamed', ...safe('BC301'), object, before, after }];
  }
  if (isSameJson(before, after)) return [];
  return [{ id: `change_object:${object}`, change: 'modified', ...facts('SF005'), object, before, after }];
}

/** Changes of objects, sorted by name. An object of which only a field differs counts as modified. */
export function* diffObjects(
  current: CurrentSchema,
  desired: readonly ObjectDefinition[],
  { owner, predecessors }: ObjectOwner,
): Steps<ObjectChange[]> {
  assertDistinct(desired);
  const taken = takenNames(current);
  const owners = ownersOf(current);
  for (const { name } of desired) assertNameFree(name, { owner, owners, taken });
  const former = previousObjects(current, desired, { owner, predecessors });
  const kept = new Set([...former.values()].map(({ name }) => name));
  const removed = current.objects.flatMap(({ owner: holder, definition: before }): ObjectChange[] => {
    const object = before.name;
    if (holder !== owner || kept.has(object)) return [];
    const id = `remove_object:${object}`;
    return [{ id, change: 'removed', risk: 'loses_data', code: 'DS101', object, before }];
  });
  const names = new Map([...former].map(([name, before]) => [name, before.name]));
  const unproven = predecessors
    ? new Set()
    : unprovenRenames(ownedBy(current, owner), byName(desired), names);
  const changes = yield* flatMapSteps(desired, (after) =>
    changeOf(after, former.get(after.name), unproven.has(after.name)),
  );
  return [...changes, ...removed].sort(byObject);
}

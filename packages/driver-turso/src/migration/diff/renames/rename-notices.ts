import { type Field, type ObjectDefinition, previousNames } from '@objectstack/spec/data';
import type { Steps } from '@objectstack/spec/shared';
import type { DeployNotice, FieldChange, ObjectChange } from '@objectstack/spec/system';
import { flatMapSteps } from '../../../schema/map-steps.js';
import { changesByObject } from './changes-by-object.js';
import type { Lineage } from './lineage.js';

interface Item extends Lineage {
  readonly name: string;
}

/** Similarity of two names from 0 to 1, by their common pairs of letters. */
function similarity(a: string, b: string): number {
  const pairs = (name: string) => Array.from(name.slice(1), (letter, index) => `${name[index]}${letter}`);
  const [first, second] = [pairs(a), pairs(b)];
  const shared = first.filter((pair) => second.includes(pair)).length;
  return (2 * shared) / Math.max(1, first.length + second.length);
}

const MIN_SIMILARITY = 0.4;

/**
 * Pairs in which neither item has a better partner: the only candidates for each other, or items with similar names.
 */
function probablePairs<T extends Item>(
  gone: readonly T[],
  fresh: readonly T[],
  areSimilar: (gone: T, fresh: T) => boolean,
): Steps<[T, T][]> {
  return flatMapSteps(gone, (was): [T, T][] => {
    const candidates = fresh.filter((is) => is.renamedFrom === undefined && areSimilar(was, is));
    const best = [...candidates].sort(
      (a, b) => similarity(was.name, b.name) - similarity(was.name, a.name),
    )[0];
    if (!best) return [];
    const rivals = gone.filter((other) => areSimilar(other, best));
    const isOnly = candidates.length === 1 && rivals.length === 1;
    const isBest = rivals.every(
      (other) => similarity(other.name, best.name) <= similarity(was.name, best.name),
    );
    return isOnly || (isBest && similarity(was.name, best.name) >= MIN_SIMILARITY) ? [[was, best]] : [];
  });
}

const probableRenameMessage = (was: string, is: string) =>
  `${was} is removed and the similar ${is} is added. If this is a rename, declare it with renamedFrom to preserve the values.`;

type NamedField = Item & { readonly field: Field };

const named = (field: Field | undefined, name: string): NamedField[] =>
  field ? [{ name, field, renamedFrom: field.renamedFrom }] : [];
const freshFields = (own: readonly FieldChange[]) =>
  own.flatMap(({ change, field, after }) => (change === 'added' ? named(after, field) : []));

function probableFields(own: readonly FieldChange[]): Steps<[NamedField, NamedField][]> {
  const gone = own.flatMap(({ change, field, before }) => (change === 'removed' ? named(before, field) : []));
  return probablePairs(gone, freshFields(own), (a, b) => a.field.type === b.field.type);
}

function* fieldNotices([object, own]: readonly [string, readonly FieldChange[]]): Steps<DeployNotice[]> {
  const fresh = freshFields(own);
  const probable = yield* probableFields(own);
  return [
    ...probable.map(
      ([was, is]): DeployNotice => ({
        code: 'probable_rename',
        object,
        field: is.name,
        message: probableRenameMessage(was.name, is.name),
      }),
    ),
    ...fresh.flatMap((item) => stale(item, { object, field: item.name })),
    ...own.flatMap(({ field, former, before, after }) => {
      const earlier = before && former !== undefined && { name: former, renamedFrom: before.renamedFrom };
      return earlier && after ? incomplete(earlier, after, { object, field }) : [];
    }),
  ];
}

type Place = Pick<DeployNotice, 'object' | 'field'>;

function stale({ name, renamedFrom }: Item, place: Place): DeployNotice[] {
  const predecessors = previousNames(renamedFrom);
  if (predecessors.length === 0) return [];
  const message = `renamedFrom of ${name} names ${predecessors.join(' or ')}, which this change does not remove: ${name} starts empty.`;
  return [{ code: 'stale_rename_hint', ...place, message }];
}

/**
 * Notice about a single previous name: a database that skips the previous version may have the data under an earlier
 * name.
 */
function incomplete(before: Item, after: Lineage, place: Place): DeployNotice[] {
  const predecessors = previousNames(before.renamedFrom);
  if (predecessors.length === 0 || typeof after.renamedFrom !== 'string') return [];
  const list = [before.name, ...predecessors].map((name) => `'${name}'`).join(', ');
  const message = `${before.name} was renamed before. Where a database skips that version, only the list of all names keeps the data: renamedFrom: [${list}].`;
  return [{ code: 'incomplete_rename_hint', ...place, message }];
}

/** Whether at least half of the fields of both objects have the same name and type. */
function shareFields(a: ObjectDefinition, b: ObjectDefinition): boolean {
  const names = Object.keys(a.fields);
  const shared = names.filter((name) => b.fields[name]?.type === a.fields[name]?.type);
  return shared.length > 0 && 2 * shared.length >= Math.max(names.length, Object.keys(b.fields).length);
}

const goneObjects = (objects: readonly ObjectChange[]) =>
  objects.flatMap(({ change, before }) => (change === 'removed' && before ? [before] : []));
const freshObjects = (objects: readonly ObjectChange[]) =>
  objects.flatMap(({ change, after }) => (change === 'added' && after ? [after] : []));
const probableObjects = (objects: readonly ObjectChange[]) =>
  probablePairs(goneObjects(objects), freshObjects(objects), shareFields);

/** Names of added objects and fields that are probably renames of removed ones, by the id of the removal. */
export function* probableRenames(
  objects: readonly ObjectChange[],
  fields: readonly FieldChange[],
): Steps<ReadonlyMap<string, string>> {
  const ofObjects = (yield* probableObjects(objects)).flatMap(([was, is]) =>
    objects.flatMap(({ id, change, before }): [string, string][] =>
      change === 'removed' && before?.name === was.name ? [[id, is.name]] : [],
    ),
  );
  const ofFields: [string, string][] = [];
  for (const own of changesByObject(fields).values()) {
    for (const [was, is] of yield* probableFields(own))
      for (const { id, change, field } of own)
        if (change === 'removed' && field === was.name) ofFields.push([id, is.name]);
  }
  return new Map([...ofObjects, ...ofFields]);
}

function* objectNotices(objects: readonly ObjectChange[]): Steps<DeployNotice[]> {
  const [gone, fresh] = [goneObjects(objects), freshObjects(objects)];
  const probable = (yield* probableObjects(objects)).map(
    ([was, is]): DeployNotice => ({
      code: 'probable_rename',
      object: is.name,
      message: probableRenameMessage(was.name, is.name),
    }),
  );
  const renamed = objects.flatMap(({ change, before, after }) =>
    change === 'renamed' && before && after ? incomplete(before, after, { object: after.name }) : [],
  );
  const missed = gone.length > 0 ? fresh.flatMap((item) => stale(item, { object: item.name })) : [];
  return [...probable, ...missed, ...renamed];
}

/** Notices about probable renames without a hint, hints to missing names, and hints without earlier names. */
export function* renameNotices(
  objects: readonly ObjectChange[],
  fields: readonly FieldChange[],
): Steps<DeployNotice[]> {
  const notices = yield* objectNotices(objects);
  for (const changes of changesByObject(fields)) notices.push(...(yield* fieldNotices(changes)));
  return notices;
}

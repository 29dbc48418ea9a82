import { type Field, type ObjectDefinition, previousNames } from '@objectstack/spec/data';
import type { DeployNotice, FieldChange, ObjectChange } from '@objectstack/spec/system';
import type { Lineage } from './lineage.js';

interface Thing extends Lineage {
  readonly name: string;
}

/** How alike two names are, by the pairs of letters that they share: from 0 to 1. */
function similarity(a: string, b: string): number {
  const pairs = (name: string) => Array.from(name.slice(1), (letter, index) => `${name[index]}${letter}`);
  const [ours, theirs] = [pairs(a), pairs(b)];
  const shared = ours.filter((pair) => theirs.includes(pair)).length;
  return (2 * shared) / Math.max(1, ours.length + theirs.length);
}

const MIN_SIMILARITY = 0.4;

/** Pairs of which each has no better partner: the only candidates for each other, or alike in name. */
function probablePairs<T extends Thing>(
  gone: readonly T[],
  fresh: readonly T[],
  areAlike: (gone: T, fresh: T) => boolean,
): [T, T][] {
  return gone.flatMap((was): [T, T][] => {
    const candidates = fresh.filter((is) => is.renamedFrom === undefined && areAlike(was, is));
    const best = [...candidates].sort(
      (a, b) => similarity(was.name, b.name) - similarity(was.name, a.name),
    )[0];
    if (!best) return [];
    const rivals = gone.filter((other) => areAlike(other, best));
    const isOnly = candidates.length === 1 && rivals.length === 1;
    const isBest = rivals.every(
      (other) => similarity(other.name, best.name) <= similarity(was.name, best.name),
    );
    return isOnly || (isBest && similarity(was.name, best.name) >= MIN_SIMILARITY) ? [[was, best]] : [];
  });
}

const say = (was: string, is: string) =>
  `${was} is removed and ${is} is added, and they look alike. If ${was} is called ${is} now, renamedFrom keeps what it holds.`;

type NamedField = Thing & { readonly field: Field };

const named = (field: Field | undefined, name: string): NamedField[] =>
  field ? [{ name, field, renamedFrom: field.renamedFrom }] : [];
const freshFields = (own: readonly FieldChange[]) =>
  own.flatMap(({ change, field, after }) => (change === 'added' ? named(after, field) : []));

function probableFields(own: readonly FieldChange[]): [NamedField, NamedField][] {
  const gone = own.flatMap(({ change, field, before }) => (change === 'removed' ? named(before, field) : []));
  return probablePairs(gone, freshFields(own), (a, b) => a.field.type === b.field.type);
}

function fieldNotices(fields: readonly FieldChange[], object: string): DeployNotice[] {
  const own = fields.filter((change) => change.object === object);
  const fresh = freshFields(own);
  const probable = probableFields(own);
  return [
    ...probable.map(
      ([was, is]): DeployNotice => ({
        code: 'probable_rename',
        object,
        field: is.name,
        message: say(was.name, is.name),
      }),
    ),
    ...fresh.flatMap((thing) => stale(thing, { object, field: thing.name })),
    ...own.flatMap(({ field, former, before, after }) => {
      const earlier = before && former !== undefined && { name: former, renamedFrom: before.renamedFrom };
      return earlier && after ? incomplete(earlier, after, { object, field }) : [];
    }),
  ];
}

type Place = Pick<DeployNotice, 'object' | 'field'>;

function stale({ name, renamedFrom }: Thing, place: Place): DeployNotice[] {
  const formers = previousNames(renamedFrom);
  if (formers.length === 0) return [];
  const message = `${name} says that it was called ${formers.join(' or ')}, and nothing of that name goes away: it begins empty.`;
  return [{ code: 'stale_rename_hint', ...place, message }];
}

/**
 * A single name is all that a database knows which skips the version before, where the thing had still another name.
 */
function incomplete(before: Thing, after: Lineage, place: Place): DeployNotice[] {
  const formers = previousNames(before.renamedFrom);
  if (formers.length === 0 || typeof after.renamedFrom !== 'string') return [];
  const list = [before.name, ...formers].map((name) => `'${name}'`).join(', ');
  const message = `${before.name} was renamed before. Where a database skips that version, only the list of all names keeps the data: renamedFrom: [${list}].`;
  return [{ code: 'incomplete_rename_hint', ...place, message }];
}

/** Most of the fields of one are fields of the other. */
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

/** By the id of a removal: the name of the added object or field that may be the removed one, renamed. */
export function probableRenames(
  objects: readonly ObjectChange[],
  fields: readonly FieldChange[],
): ReadonlyMap<string, string> {
  const ofObjects = probableObjects(objects).flatMap(([was, is]) =>
    objects.flatMap(({ id, change, before }): [string, string][] =>
      change === 'removed' && before?.name === was.name ? [[id, is.name]] : [],
    ),
  );
  const ofFields = [...new Set(fields.map(({ object }) => object))].flatMap((object) => {
    const own = fields.filter((change) => change.object === object);
    return probableFields(own).flatMap(([was, is]) =>
      own.flatMap(({ id, change, field }): [string, string][] =>
        change === 'removed' && field === was.name ? [[id, is.name]] : [],
      ),
    );
  });
  return new Map([...ofObjects, ...ofFields]);
}

function objectNotices(objects: readonly ObjectChange[]): DeployNotice[] {
  const [gone, fresh] = [goneObjects(objects), freshObjects(objects)];
  const probable = probableObjects(objects).map(
    ([was, is]): DeployNotice => ({
      code: 'probable_rename',
      object: is.name,
      message: say(was.name, is.name),
    }),
  );
  const renamed = objects.flatMap(({ change, before, after }) =>
    change === 'renamed' && before && after ? incomplete(before, after, { object: after.name }) : [],
  );
  const missed = gone.length > 0 ? fresh.flatMap((thing) => stale(thing, { object: thing.name })) : [];
  return [...probable, ...missed, ...renamed];
}

/** What looks like a rename and is none, hints at what is not there, and hints that leave out earlier names. */
export function renameNotices(
  objects: readonly ObjectChange[],
  fields: readonly FieldChange[],
): DeployNotice[] {
  const changed = [...new Set(fields.map(({ object }) => object))];
  return [...objectNotices(objects), ...changed.flatMap((object) => fieldNotices(fields, object))];
}

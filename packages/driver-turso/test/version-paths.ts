import type { ObjectDefinition } from '@objectstack/spec/data';
import type { Random } from '@objectstack/testing';
import { object } from './database.js';

/** An object or field whose name may change, identified by an id that does not. */
interface Thing {
  readonly id: string;
  readonly name: string;
  /** Previous names, the latest first. */
  readonly predecessors: readonly string[];
}

export interface FieldThing extends Thing {
  /** Id of the object that it refers to; absent of a text. */
  readonly target?: string;
}

export interface ObjectThing extends Thing {
  readonly fields: readonly FieldThing[];
}

export type Version = readonly ObjectThing[];

/** How authors write hints: only the latest previous name, or all of them. */
export type Style = 'latest' | 'all';

const OBJECTS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const FIELDS = ['k', 'l', 'm', 'n', 'o', 'p'];

const called = <T extends Thing>(thing: T, name: string | undefined): T =>
  name === undefined ? thing : { ...thing, name, predecessors: [thing.name, ...thing.predecessors] };

/** Renames one item to a free name, swaps two names, or gives the freed name of one item to another. */
function renamed<T extends Thing>(random: Random, things: readonly T[], pool: readonly string[]): T[] {
  const [first, second] = random.shuffle(things);
  const free = random.pick(pool.filter((name) => !things.some((thing) => thing.name === name)));
  const names = new Map<string, string>();
  const roll = random.below(6);
  if (first && second && roll === 0) names.set(first.id, second.name).set(second.id, first.name);
  else if (first && free) {
    names.set(first.id, free);
    if (second && roll < 3) names.set(second.id, first.name);
  }
  return things.map((thing) => called(thing, names.get(thing.id)));
}

/** Versions of an application, each from the one before. */
export class Versions {
  #made = 0;
  /** Probability of a rename from one version to the next. */
  readonly #pace: number;

  constructor(private readonly random: Random) {
    this.#pace = random.pick([0.1, 0.25, 0.6]);
  }

  #renamed<T extends Thing>(things: readonly T[], pool: readonly string[]): T[] {
    return this.random.chance(this.#pace) ? renamed(this.random, things, pool) : [...things];
  }

  #id(): string {
    this.#made += 1;
    return `t${this.#made}`;
  }

  #field(name: string, targets: readonly string[]): FieldThing {
    const field = { id: this.#id(), name, predecessors: [] };
    return this.random.chance(0.2) && targets.length > 0
      ? { ...field, target: this.random.pick(targets) }
      : field;
  }

  #object(name: string, targets: readonly string[]): ObjectThing {
    const names = this.random.shuffle(FIELDS).slice(0, 1 + this.random.below(2));
    return {
      id: this.#id(),
      name,
      predecessors: [],
      fields: names.map((field) => this.#field(field, targets)),
    };
  }

  first(): Version {
    const names = this.random.shuffle(OBJECTS).slice(0, 2 + this.random.below(2));
    return names.map((name) => this.#object(name, []));
  }

  /** Names that the version before does not have, so that what is added does not look like what is removed. */
  #added(pool: readonly string[], before: readonly Thing[], after: readonly Thing[]): string[] {
    const removed = before.filter(({ id }) => !after.some((thing) => thing.id === id));
    const used = new Set([...removed, ...after].map(({ name }) => name));
    const free = pool.filter((name) => !used.has(name));
    return this.random.chance(0.35) ? this.random.shuffle(free).slice(0, 1) : [];
  }

  #fields(before: ObjectThing, objects: readonly string[]): FieldThing[] {
    const there = before.fields.filter(({ target }) => target === undefined || objects.includes(target));
    const left = this.random.chance(0.2) ? this.random.shuffle(there).slice(1) : there;
    const fields = this.#renamed(left, FIELDS);
    const added = this.#added(FIELDS, before.fields, fields);
    return [...fields, ...added.map((name) => this.#field(name, objects))];
  }

  next(before: Version): Version {
    const left = this.random.chance(0.2) && before.length > 1 ? this.random.shuffle(before).slice(1) : before;
    const objects = this.#renamed(left, OBJECTS);
    const ids = objects.map(({ id }) => id);
    const changed = objects.map((thing) => ({ ...thing, fields: this.#fields(thing, ids) }));
    const added = this.#added(OBJECTS, before, changed);
    return [...changed, ...added.map((name) => this.#object(name, ids))];
  }
}

const hint = ({ predecessors }: Thing, style: Style) =>
  predecessors.length > 0 && { renamedFrom: style === 'all' ? predecessors : predecessors[0] };

/** The metadata of a version as its author writes it. */
export function definitionsOf(version: Version, style: Style): ObjectDefinition[] {
  const names = new Map(version.map(({ id, name }) => [id, name]));
  return version.map((thing) => {
    const fields = thing.fields.map((field) => {
      const facts =
        field.target === undefined
          ? { type: 'text' }
          : { type: 'lookup', reference: names.get(field.target) };
      return [field.name, { ...facts, ...hint(field, style) }] as const;
    });
    return object(thing.name, Object.fromEntries(fields), hint(thing, style) || {});
  });
}

/** Objects and fields of a version. */
export const thingsIn = (version: Version): Thing[] => version.flatMap((thing) => [thing, ...thing.fields]);

const by = <T extends Thing>(things: readonly T[]) => new Map(things.map((thing) => [thing.id, thing]));

/** Ids of the removals that a version means. */
export function removalsOf(before: Version, after: Version): string[] {
  const next = by(after);
  return before.flatMap((thing) => {
    const is = next.get(thing.id);
    if (!is) return [`remove_object:${thing.name}`];
    const fields = by(is.fields);
    return thing.fields.flatMap(({ id, name }) =>
      fields.has(id) ? [] : [`remove_field:${is.name}.${name}`],
    );
  });
}

/** Values by object, record and field; a record is called like the object that it was written to, a value like its field. */
export type Data = Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, string | null>>>>>
>;

export const storedValue = ({ id, target }: FieldThing): string => target ?? `value of ${id}`;

/** What a version holds of one record for each object and one value for each field of an earlier version. */
export function dataOf(first: Version, version: Version): Data {
  const earlier = by(first);
  const objects = version.map((thing) => {
    const was = earlier.get(thing.id);
    if (!was) return [thing.name, {}] as const;
    const had = by(was.fields);
    const values = thing.fields.map((field) => [field.name, had.has(field.id) ? storedValue(field) : null]);
    return [thing.name, { [thing.id]: Object.fromEntries(values) }] as const;
  });
  return Object.fromEntries(objects);
}

/** Whether a name of the earlier version belongs to another item in a way that metadata does not show. */
function isAmbiguous(before: readonly Thing[], after: readonly Thing[], style: Style): boolean {
  const [earlier, later] = [by(before), by(after)];
  const said = ({ predecessors }: Thing) => (style === 'all' ? predecessors : predecessors.slice(0, 1));
  const names = new Set(after.flatMap((thing) => [thing.name, ...said(thing)]));
  // What is removed, and its name used again.
  if (before.some(({ id, name }) => !later.has(id) && names.has(name))) return true;
  if (style === 'all') return false;
  const isRenamed = ({ id, predecessors }: Thing, times: number) =>
    predecessors.length - (earlier.get(id)?.predecessors.length ?? predecessors.length) >= times;
  /** The item that the last hint of a repeatedly renamed item matches. */
  const mistaken = (thing: Thing | undefined) => {
    const other = thing && isRenamed(thing, 2) && before.find(({ name }) => name === thing.predecessors[0]);
    return other && other.id !== thing.id ? later.get(other.id) : undefined;
  };
  return after.some((thing) => {
    // Renamed like what had the name before, so that its hint is deployed already.
    const same = before.find(({ name }) => name === thing.name);
    const isDeployed = same && same.id !== thing.id && same.predecessors[0] === thing.predecessors[0];
    if (isDeployed && isRenamed(thing, 1)) return true;
    // Taken for something that is taken for something else, and so on, until the first one is.
    let [other, count] = [mistaken(thing), 0];
    while (other && other !== thing && count++ < after.length) other = mistaken(other);
    return other === thing;
  });
}

/** Whether the names of two versions do not determine which items are the same. */
export function areAmbiguous(before: Version, after: Version, style: Style): boolean {
  const later = by(after);
  return (
    isAmbiguous(before, after, style) ||
    before.some(({ id, fields }) => isAmbiguous(fields, later.get(id)?.fields ?? [], style))
  );
}

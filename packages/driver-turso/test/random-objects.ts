import type { ObjectDefinition } from '@objectstack/spec/data';
import type { Random } from '@objectstack/testing';
import { object } from './database.js';

type Parts = Record<
  string,
  { fields: Record<string, Record<string, unknown>>; rest: Record<string, unknown> }
>;

const NAMES = ['account', 'contact', 'order', 'item', 'constructor', 'note'];
const TYPES = [
  'text',
  'number',
  'boolean',
  'date',
  'datetime',
  'json',
  'tags',
  'formula',
  'autonumber',
  'select',
];

function randomField(random: Random, targets: readonly string[]): Record<string, unknown> {
  if (targets.length > 0 && random.chance(0.25)) {
    const deleteBehavior = random.pick([undefined, 'set_null', 'cascade', 'restrict']);
    const multiple = random.chance(0.2) ? true : undefined;
    return { type: 'lookup', reference: random.pick(targets), deleteBehavior, multiple };
  }
  const unique = random.chance(0.2) ? true : undefined;
  const index = random.chance(0.2) ? true : undefined;
  return {
    type: random.pick(TYPES),
    unique,
    index,
    caseSensitive: random.chance(0.5),
    label: `l${random.below(9)}`,
  };
}

function randomFields(random: Random, prefix: string, targets: readonly string[]) {
  const count = 1 + random.below(5);
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${prefix}${index}`, randomField(random, targets)]),
  );
}

const build = (parts: Parts): ObjectDefinition[] =>
  Object.entries(parts).map(([name, { fields, rest }]) => object(name, fields, rest));

/** Objects, and the same with objects, fields, indexes and labels added. */
export function randomAddition(random: Random): { before: ObjectDefinition[]; after: ObjectDefinition[] } {
  const names = random.shuffle(NAMES);
  const [kept, added] = [names.slice(0, 3), names.slice(3, 3 + random.below(3))];
  const before: Parts = {};
  for (const name of kept) before[name] = { fields: randomFields(random, 'a', kept), rest: {} };
  const after: Parts = {};
  for (const [name, { fields }] of Object.entries(before)) {
    const more = random.chance(0.6) ? randomFields(random, 'b', [...kept, ...added]) : {};
    const rest = random.chance(0.5)
      ? { indexes: [{ fields: random.pick([['a0'], ['created_at'], ['a0', 'id']]) }] }
      : {};
    after[name] = { fields: { ...fields, ...more }, rest: { ...rest, label: `L${random.below(3)}` } };
  }
  for (const name of added)
    after[name] = { fields: randomFields(random, 'a', [...kept, ...added]), rest: {} };
  return { before: build(before), after: build(after) };
}

/** The same objects in another order, of fields too. */
export function reordered(random: Random, objects: readonly ObjectDefinition[]): ObjectDefinition[] {
  return random.shuffle(objects).map((definition) => ({
    ...definition,
    fields: Object.fromEntries(random.shuffle(Object.entries(definition.fields))),
  }));
}

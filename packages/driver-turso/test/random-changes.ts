import type { IDataDriver } from '@objectstack/spec/contracts';
import {
  backfillProblem,
  defaultProblem,
  type Field,
  type ObjectDefinition,
  storageOf,
} from '@objectstack/spec/data';
import type { Random } from '@objectstack/testing';
import { object } from './database.js';

type FieldFacts = Record<string, unknown> & { type: string };
interface ObjectFacts {
  fields: Record<string, FieldFacts>;
  renamedFrom?: string;
}
type World = Record<string, ObjectFacts>;

const OBJECTS = ['account', 'contact', 'order', 'item', 'group'];
const FIELDS = ['name', 'size', 'select', 'rowid', 'due', 'values'];
const TYPES = [
  'text',
  'number',
  'boolean',
  'date',
  'datetime',
  'time',
  'json',
  'tags',
  'autonumber',
] as const;

/** Values of each type; some texts are numbers, days or nothing of the kind. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  text: [
    'x',
    '1',
    '1.5',
    'true',
    '2026-01-31',
    '2026-02-30',
    '12:30:00',
    '2026-01-31T00:00:00.000Z',
    'it\'s "so"',
    '',
  ],
  number: [0, 1, -2.5, 0.1 + 0.2, 1e21, 123456789012345680],
  boolean: [true, false],
  date: ['2026-01-31', '1999-12-31'],
  datetime: ['2026-01-31T00:00:00.000Z', '2026-01-31T12:30:15.250Z'],
  time: ['00:00:00', '12:30:15'],
  json: ['text', 5, { a: [1] }, ['x']],
  tags: [['a'], ['a', 'b'], []],
};

/** A value that fills records, where the type has one to choose. */
const backfillOf = (random: Random, type: string): Record<string, unknown> =>
  VALUES[type] ? { backfill: random.pick(VALUES[type]) } : {};

/** The field without a default or backfill that it cannot store. */
function withFitting(field: FieldFacts): FieldFacts {
  const { defaultValue, backfill, ...rest } = field;
  return {
    ...rest,
    ...(defaultValue !== undefined && !defaultProblem(field as Field) && { defaultValue }),
    ...(backfill !== undefined && !backfillProblem(field as Field, {}) && { backfill }),
  };
}

function randomField(random: Random, targets: readonly string[]): FieldFacts {
  if (random.chance(0.25)) {
    const deleteBehavior = random.pick([undefined, 'set_null', 'cascade', 'restrict']);
    return { type: 'lookup', reference: random.pick(targets), ...(deleteBehavior && { deleteBehavior }) };
  }
  const type = random.pick(TYPES);
  const isText = type === 'text' || type === 'number';
  return withFitting({
    type,
    ...(random.chance(0.2) && isText && { unique: true }),
    ...(random.chance(0.15) && isText && { index: true }),
    ...(random.chance(0.1) && { storage: { notNull: true }, defaultValue: VALUES[type]?.[0] }),
    ...(random.chance(0.15) && { required: random.chance(0.5), ...backfillOf(random, type) }),
  });
}

function randomWorld(random: Random): World {
  const names = random.shuffle(OBJECTS).slice(0, 2 + random.below(2));
  return Object.fromEntries(
    names.map((name) => {
      const fields = random.shuffle(FIELDS).slice(0, 2 + random.below(3));
      return [
        name,
        { fields: Object.fromEntries(fields.map((field) => [field, randomField(random, names)])) },
      ];
    }),
  );
}

/** New names for some keys: free ones, or those of each other. */
function randomRenames(random: Random, used: readonly string[], all: readonly string[]): Map<string, string> {
  const chosen = random.shuffle(used).slice(0, random.below(3));
  const free = all.filter((name) => !used.includes(name));
  const targets = random.shuffle([...chosen, ...free]).slice(0, chosen.length);
  return new Map(
    chosen.map((name, index) => [name, targets[index] ?? name]).filter(([a, b]) => a !== b) as [
      string,
      string,
    ][],
  );
}

function changeField(random: Random, field: FieldFacts, targets: readonly string[]): FieldFacts {
  const roll = random.below(11);
  if (roll < 5) return field;
  if (roll === 5) return { ...field, label: 'Another label' };
  if (roll === 6 && field.type !== 'lookup') return { ...field, storage: { notNull: !field.storage } };
  if ((roll === 7 || roll === 8) && ['text', 'number'].includes(field.type))
    return { ...field, unique: !field.unique };
  if (roll === 10 && VALUES[field.type]) {
    return withFitting({ ...field, required: !field.required, ...backfillOf(random, field.type) });
  }
  if (field.type === 'lookup')
    return {
      ...field,
      reference: random.pick(targets),
      deleteBehavior: random.pick(['cascade', 'restrict']),
    };
  return randomField(random, targets);
}

/** A world from which some objects and fields are taken, and whose names others may get. */
function withLess(random: Random, world: World): World {
  const names = Object.keys(world);
  const kept = random.chance(0.4) ? random.shuffle(names).slice(1) : names;
  return Object.fromEntries(
    kept.map((name) => {
      const fields = Object.entries(world[name]?.fields ?? {});
      const left = random.chance(0.5) ? random.shuffle(fields).slice(1) : fields;
      return [name, { fields: Object.fromEntries(left) }];
    }),
  );
}

/** Whether objects and fields may be removed, in addition to changes of names, types and rules. */
type Extent = 'nothing is removed' | 'removals';

/** A world, and what may become of it. */
export function randomChange(
  random: Random,
  extent: Extent = 'nothing is removed',
): { before: ObjectDefinition[]; after: ObjectDefinition[] } {
  const all = randomWorld(random);
  const before = extent === 'removals' ? withLess(random, all) : all;
  const objectRenames = randomRenames(random, Object.keys(before), OBJECTS);
  const rename = (name: unknown) => objectRenames.get(String(name)) ?? name;
  const names = Object.keys(before).map((name) => String(rename(name)));
  const added = random.chance(0.3)
    ? OBJECTS.filter((name) => !names.includes(name) && !all[name]).slice(0, 1)
    : [];
  const targets = [...names, ...added];
  const after: World = {};
  for (const [name, { fields }] of Object.entries(before)) {
    const fieldRenames = randomRenames(random, Object.keys(fields), FIELDS);
    const changed = Object.entries(fields).map(([field, facts]): [string, FieldFacts] => {
      const moved = facts.type === 'lookup' ? { ...facts, reference: rename(facts.reference) } : facts;
      const to = fieldRenames.get(field);
      return [
        to ?? field,
        { ...changeField(random, moved, targets), ...(to !== undefined && { renamedFrom: field }) },
      ];
    });
    const free = FIELDS.filter((field) => !fields[field] && !changed.some(([used]) => used === field));
    const more = random.chance(0.4) && free[0] ? [[free[0], randomField(random, targets)] as const] : [];
    const to = objectRenames.get(name);
    after[to ?? name] = {
      fields: Object.fromEntries([...changed, ...more]),
      ...(to !== undefined && { renamedFrom: name }),
    };
  }
  for (const name of added) after[name] = { fields: { name: randomField(random, targets) } };
  const build = (world: World) =>
    Object.entries(world).map(([name, { fields, renamedFrom }]) => object(name, fields, { renamedFrom }));
  return { before: build(all), after: build(after) };
}

/** Records in every object, some of whose lookups refer to each other. */
export async function fill(driver: IDataDriver, random: Random, objects: readonly ObjectDefinition[]) {
  const ids = new Map<string, string[]>();
  for (const { name, fields } of objects) {
    const records: string[] = [];
    for (let index = 0; index < 4; index++) {
      const values = Object.entries(fields).flatMap(([field, { type, storage, unique }]) => {
        const options = VALUES[type] ?? [];
        const isEmpty = options.length === 0 || (random.chance(0.3) && !storage?.notNull);
        const value = unique ? options[index] : random.pick(options);
        return isEmpty ? [] : [[field, value] as const];
      });
      records.push((await driver.create(name, Object.fromEntries(values), { system: true })).id);
    }
    ids.set(name, records);
  }
  for (const { name, fields } of objects) {
    for (const [field, facts] of Object.entries(fields)) {
      const targets = facts.type === 'lookup' ? ids.get(facts.reference ?? '') : undefined;
      if (!targets || !storageOf(facts).column) continue;
      for (const id of ids.get(name) ?? [])
        if (random.chance(0.6))
          await driver.update(name, id, { [field]: random.pick(targets) }, { system: true });
    }
  }
}

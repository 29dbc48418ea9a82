import { type Field, type ObjectDefinition, storageOf } from '@objectstack/spec/data';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

/** Two values of each type that the suite deploys, except texts. */
const VALUES: Readonly<Record<string, readonly [unknown, unknown]>> = {
  number: [1.5, -20],
  boolean: [true, false],
  date: ['2026-01-31', '1999-12-31'],
  datetime: ['2026-01-31T00:00:00.000Z', '2026-01-31T12:30:15.250Z'],
  json: [{ deep: [1] }, 'text'],
  tags: [['a', 'b'], []],
};

/** Texts are unique across fields and records. */
function sampleOf(object: string, name: string, { type }: Field, place: number): unknown {
  return type === 'text' ? `${object} "${name}" ${place}` : VALUES[type]?.[place % 2];
}

function valuesOf({ name: object, fields }: ObjectDefinition, place: number): Record<string, unknown> {
  const isFilled = ({ storage, unique }: Field) => place < 2 || storage?.notNull === true || Boolean(unique);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = sampleOf(object, name, field, place);
      if (value === undefined || storageOf(field).column === null || !isFilled(field)) return [];
      return [[name, value]];
    }),
  );
}

const lookupsOf = ({ fields }: ObjectDefinition, place: number) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, { type, reference, multiple }]) =>
      type === 'lookup' && !multiple && place < 2 ? [[name, `${reference}_${place}`]] : [],
    ),
  );

/** Creates and deletes a record, so that row ids differ from the positions of the records. */
async function leaveGap({ driver }: SchemaDiffTrial, definition: ObjectDefinition): Promise<void> {
  const { id } = await driver.create(definition.name, valuesOf(definition, 0));
  await driver.create(definition.name, { id: 'last', ...valuesOf(definition, 3) });
  await driver.delete(definition.name, id);
}

/**
 * Creates records of each object: two with all values, which refer to records of other objects, and others with almost
 * none.
 */
export async function fill(trial: SchemaDiffTrial, objects: readonly ObjectDefinition[]): Promise<void> {
  const { driver } = trial;
  for (const definition of objects) {
    await leaveGap(trial, definition);
    for (const place of [0, 1, 2])
      await driver.create(definition.name, {
        id: `${definition.name}_${place}`,
        ...valuesOf(definition, place),
      });
    await driver.delete(definition.name, 'last');
  }
  const known = new Set(objects.map(({ name }) => name));
  for (const definition of objects) {
    for (const place of [0, 1]) {
      const lookups = Object.entries(lookupsOf(definition, place)).filter(([name]) =>
        known.has(definition.fields[name]?.reference ?? ''),
      );
      if (lookups.length > 0)
        await driver.update(definition.name, `${definition.name}_${place}`, Object.fromEntries(lookups));
    }
  }
}

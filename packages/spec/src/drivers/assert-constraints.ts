import { hasValues } from './is-same-value.js';
import type { ObjectModel, StoredRow } from './object-model.js';
import { rejection } from './rejection.js';

/** What the database contains besides a row. */
export interface Surroundings {
  /** All other rows of the object. */
  readonly others: Iterable<StoredRow>;
  /**
   * Whether the object has a record with this id, or is not deployed. Absent: the lookups are checked after the last record
   * of the call, for example by `assertLookups`.
   */
  readonly exists?: (object: string, id: string) => boolean;
}

/**
 * Returns the lists of fields whose values must be unique in combination. These are each unique field, and each unique
 * index without a condition.
 */
export function uniqueKeysOf({ definition }: Pick<ObjectModel, 'definition'>): string[][] {
  const { fields, indexes = [] } = definition;
  const single = Object.entries(fields).flatMap(([name, { unique }]) => (unique ? [[name]] : []));
  const several = indexes.filter(({ unique, partial }) => unique && partial === undefined);
  return [['id'], ...single, ...several.map((index) => index.fields)];
}

function assertUnique(model: ObjectModel, row: StoredRow, others: Iterable<StoredRow>): void {
  const valuesOf = (names: readonly string[]) => names.map((name) => [name, row[name] ?? null] as const);
  const keys = uniqueKeysOf(model)
    .map((names) => ({ names, values: valuesOf(names) }))
    .filter(({ values }) => values.every(([, value]) => value !== null));
  for (const other of others) {
    const taken = keys.find(({ values }) => hasValues(model, other, values));
    if (taken) throw rejection('unique_violation', { object: model.name, fields: taken.names });
  }
}

/**
 * Checks the constraints between records, for drivers whose database does not enforce them. Throws
 * `not_null_violation`, `unique_violation` or `foreign_key_violation`. Unique indexes with a condition are left to the
 * driver.
 */
export function assertConstraints(
  model: ObjectModel,
  row: StoredRow,
  { others, exists }: Surroundings,
): void {
  const object = model.name;
  for (const [field, { storage }] of Object.entries(model.definition.fields))
    if (storage?.notNull && (row[field] ?? null) === null)
      throw rejection('not_null_violation', { object, fields: [field] });
  assertUnique(model, row, others);
  for (const { field, target } of model.lookups) {
    const id = row[field];
    const isItself = target === object && id === row.id;
    if (typeof id === 'string' && !isItself && exists?.(target, id) === false)
      throw rejection('foreign_key_violation', { object, field });
  }
}

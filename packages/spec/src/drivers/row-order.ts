import type { RecordFields, StoredValue } from '../data/check-record.js';
import { encodeField } from '../data/encode-field.js';
import type { JsonPath } from '../shared/json-pointer.js';
import { compareStored } from './compare-stored.js';
import { invalidQuery } from './invalid-query.js';
import type { StoredRow } from './object-model.js';
import type { ParsedQuery } from './parse-query.js';

/** A field by which rows are sorted. */
export interface SortCriterion {
  readonly field: string;
  readonly order: 'asc' | 'desc';
}

/** Returns the criteria by which records are sorted: those of the query up to the id, which is always the last one. */
export function recordOrder({ orderBy = [] }: Pick<ParsedQuery, 'orderBy'>): SortCriterion[] {
  const all = [...orderBy, { field: 'id', order: 'asc' as const }];
  return all.slice(0, all.findIndex(({ field }) => field === 'id') + 1);
}

/** Returns a function that compares two rows for sorting; missing values come first in ascending and last in descending order. */
export const rowComparer =
  (fields: RecordFields, order: readonly SortCriterion[]) =>
  (left: Readonly<StoredRow>, right: Readonly<StoredRow>): number => {
    for (const { field, order: direction } of order) {
      const model = fields.get(field);
      const difference = model ? compareStored(model, left[field] ?? null, right[field] ?? null) : 0;
      if (difference !== 0) return direction === 'desc' ? -difference : difference;
    }
    return 0;
  };

function encodedValue(fields: RecordFields, name: string, given: unknown): StoredValue | undefined {
  const model = fields.get(name);
  if (!model || given === undefined) return undefined;
  const encoded = encodeField(model, given);
  return 'rule' in encoded ? undefined : encoded.value;
}

/**
 * Returns the encoded values of a cursor, after which the records of a page start. Throws `invalid_query` unless it has exactly the
 * fields of the order, with values that they can store.
 */
export function cursorRow(
  fields: RecordFields,
  order: readonly SortCriterion[],
  cursor: NonNullable<ParsedQuery['cursor']>,
  at: JsonPath = ['cursor'],
): StoredRow {
  const names = new Set(order.map(({ field }) => field));
  const other = Object.keys(cursor).find((name) => !names.has(name));
  if (other !== undefined) throw invalidQuery([...at, other]);
  const values = [...names].map((name) => {
    const value = encodedValue(fields, name, Object.hasOwn(cursor, name) ? cursor[name] : undefined);
    if (value === undefined) throw invalidQuery([...at, name]);
    return [name, value] as const;
  });
  return Object.fromEntries(values);
}

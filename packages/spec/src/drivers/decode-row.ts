import type { DataRecord } from '../contracts/driver-call.js';
import { decodeValue } from '../data/decode-value.js';
import type { FieldStorage } from '../data/field-storage.js';
import type { JsonValue } from '../shared/json.js';
import { ObjectStackError } from '../shared/object-stack-error.js';
import type { ObjectModel, StoredRow } from './object-model.js';

type StoredObject = Pick<ObjectModel, 'name' | 'stored'>;

function decoded(object: string, field: string, storage: FieldStorage, row: StoredRow): JsonValue {
  try {
    return decodeValue(storage, row[field] ?? null);
  } catch {
    throw new ObjectStackError({
      code: 'database_invalid',
      message: `${field} of ${object} contains a value that its metadata does not allow.`,
      details: { object, field },
    });
  }
}

/**
 * Returns the record of a row with all stored fields; undefined if there is no row. Throws `database_invalid` for a value
 * that cannot be decoded.
 */
export function decodeRow(model: StoredObject, row: StoredRow): DataRecord;
export function decodeRow(model: StoredObject, row: StoredRow | undefined): DataRecord | undefined;
export function decodeRow(
  { name, stored }: StoredObject,
  row: StoredRow | undefined,
): DataRecord | undefined {
  if (row === undefined) return undefined;
  const values = [...stored].map(([field, { storage }]) => [field, decoded(name, field, storage, row)]);
  return Object.fromEntries(values);
}

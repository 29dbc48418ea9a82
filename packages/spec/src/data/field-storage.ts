import type { Field } from './field.zod.js';
import type { FieldType } from './field-type.zod.js';
import {
  encodingFacts,
  FIELD_ENCODINGS,
  FIELD_TYPES,
  type FieldEncoding,
  fieldTypeFacts,
  type ValueEncoding,
} from './field-types.js';

/** How the values of a field are stored. */
export interface FieldStorage {
  /**
   * Type of the column in SQLite; null if there is no column. In other databases, a driver chooses it by the encoding.
   */
  readonly column: 'TEXT' | 'REAL' | 'INTEGER' | null;
  readonly encoding: FieldEncoding;
  /** JavaScript type of a value in a record; `json` is any JSON value, `none` that there is no value. */
  readonly value: 'text' | 'number' | 'boolean' | 'json' | 'none';
  /**
   * Filter operators that the field supports: `ordered` all operators, `equal` equality only, `presence` null checks
   * only.
   */
  readonly comparand: 'ordered' | 'equal' | 'presence';
}

/** How values are stored: those of a field, or ids. */
export interface ValueStorage extends Omit<FieldStorage, 'encoding'> {
  readonly encoding: ValueEncoding;
}

type StorageOf<E extends FieldEncoding> = {
  readonly encoding: E;
  readonly column: (typeof FIELD_ENCODINGS)[E]['column'];
  readonly value: (typeof FIELD_ENCODINGS)[E]['value'];
  readonly comparand: (typeof FIELD_ENCODINGS)[E]['comparand'];
};

function storedAs<E extends FieldEncoding>(encoding: E): StorageOf<E> {
  const { column, value, comparand } = FIELD_ENCODINGS[encoding];
  return Object.freeze({ column, encoding, value, comparand });
}

const STORAGE_OF_ENCODING = Object.fromEntries(
  Object.keys(FIELD_ENCODINGS).map((encoding) => [encoding, storedAs(encoding as FieldEncoding)]),
) as { readonly [E in FieldEncoding]: StorageOf<E> };

/** Storage of every field type: the single source for DDL, encoding, decoding and comparison. */
export const FIELD_STORAGE = Object.fromEntries(
  Object.entries(FIELD_TYPES).map(([type, { encoding }]) => [type, STORAGE_OF_ENCODING[encoding]]),
) as { readonly [T in FieldType]: StorageOf<(typeof FIELD_TYPES)[T]['encoding']> };

/** Returns the storage of the ids of an object with `idType: 'integer'`. */
export function integerIdStorage(): ValueStorage {
  const encoding = 'integer_id';
  const { column, value, comparand } = encodingFacts(encoding);
  return { column, encoding, value, comparand };
}

/** Object that a user field refers to by default. */
const USER_OBJECT = 'user';

/**
 * Returns the encoding and the column type of a field. A field with `multiple` is stored as a JSON list regardless of
 * its type.
 */
export function storageOf(field: Pick<Field, 'type' | 'multiple'>): FieldStorage {
  const storage = FIELD_STORAGE[field.type];
  return field.multiple && storage.column ? STORAGE_OF_ENCODING.json : storage;
}

/** Returns whether the values of the field are lists. */
export function isList(field: Pick<Field, 'type' | 'multiple'>): boolean {
  return field.multiple === true || fieldTypeFacts(field.type).isList === true;
}

/** Returns whether the field refers to records of an object. */
export function isReference(field: Pick<Field, 'type'>): boolean {
  return fieldTypeFacts(field.type).isReference === true;
}

/**
 * Returns the name of the object that a reference field refers to. It defaults to the object of the field for type
 * tree, and to `user` for type user.
 */
export function referenceTarget(
  field: Pick<Field, 'type' | 'reference'>,
  objectName: string,
): string | undefined {
  if (!isReference(field)) return undefined;
  if (field.reference !== undefined) return field.reference;
  if (field.type === 'tree') return objectName;
  return field.type === 'user' ? USER_OBJECT : undefined;
}

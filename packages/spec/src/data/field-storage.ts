import type { Field } from './field.zod.js';
import type { FieldType } from './field-type.zod.js';

/** How a value is represented in a record and in its column. */
export type FieldEncoding =
  /** A string, stored unchanged. */
  | 'text'
  /** A finite number, stored as REAL. */
  | 'number'
  /** true or false, stored as 1 or 0. */
  | 'boolean'
  /** A calendar date, `YYYY-MM-DD`. */
  | 'date'
  /** A timestamp, ISO 8601 in UTC with milliseconds and `Z`. */
  | 'datetime'
  /** A time of day, `HH:MM:SS`. */
  | 'time'
  /** Any JSON value, stored as JSON text. */
  | 'json'
  /** Not stored: the value is computed. */
  | 'computed';

export interface FieldStorage {
  /** Declared type of the column; null if there is no column. */
  readonly column: 'TEXT' | 'REAL' | 'INTEGER' | null;
  readonly encoding: FieldEncoding;
  /**
   * Filter operators that the field supports: `ordered` all operators, `equal` equality only, `presence` null checks
   * only.
   */
  readonly comparand: 'ordered' | 'equal' | 'presence';
}

const TEXT = { column: 'TEXT', encoding: 'text', comparand: 'ordered' } as const;
const NUMBER = { column: 'REAL', encoding: 'number', comparand: 'ordered' } as const;
const BOOLEAN = { column: 'INTEGER', encoding: 'boolean', comparand: 'equal' } as const;
const JSON_TEXT = { column: 'TEXT', encoding: 'json', comparand: 'presence' } as const;
const COMPUTED = { column: null, encoding: 'computed', comparand: 'presence' } as const;

/** Storage of every field type: the single source for DDL, encoding, decoding and comparison. */
export const FIELD_STORAGE = {
  text: TEXT,
  textarea: TEXT,
  email: TEXT,
  url: TEXT,
  phone: TEXT,
  password: TEXT,
  markdown: TEXT,
  html: TEXT,
  richtext: TEXT,
  code: TEXT,
  color: TEXT,
  select: TEXT,
  radio: TEXT,
  autonumber: TEXT,
  qrcode: TEXT,
  lookup: TEXT,
  master_detail: TEXT,
  tree: TEXT,
  user: TEXT,
  number: NUMBER,
  currency: NUMBER,
  percent: NUMBER,
  rating: NUMBER,
  slider: NUMBER,
  progress: NUMBER,
  boolean: BOOLEAN,
  toggle: BOOLEAN,
  date: { column: 'TEXT', encoding: 'date', comparand: 'ordered' },
  datetime: { column: 'TEXT', encoding: 'datetime', comparand: 'ordered' },
  time: { column: 'TEXT', encoding: 'time', comparand: 'ordered' },
  multiselect: JSON_TEXT,
  checkboxes: JSON_TEXT,
  tags: JSON_TEXT,
  image: JSON_TEXT,
  file: JSON_TEXT,
  avatar: JSON_TEXT,
  video: JSON_TEXT,
  audio: JSON_TEXT,
  signature: JSON_TEXT,
  location: JSON_TEXT,
  address: JSON_TEXT,
  json: JSON_TEXT,
  vector: JSON_TEXT,
  composite: JSON_TEXT,
  repeater: JSON_TEXT,
  record: JSON_TEXT,
  formula: COMPUTED,
  summary: COMPUTED,
} as const satisfies Record<FieldType, FieldStorage>;

const REFERENCE_TYPES: ReadonlySet<FieldType> = new Set(['lookup', 'master_detail', 'tree', 'user']);

/** Object that a user field refers to by default. */
const USER_OBJECT = 'user';
const LIST_TYPES: ReadonlySet<FieldType> = new Set(['multiselect', 'checkboxes', 'tags']);

/** Storage of a field; a field with `multiple` is stored as a JSON list regardless of its type. */
export function storageOf(field: Pick<Field, 'type' | 'multiple'>): FieldStorage {
  const storage = FIELD_STORAGE[field.type];
  return field.multiple && storage.column ? JSON_TEXT : storage;
}

/** Whether the field holds a list of values. */
export function isList(field: Pick<Field, 'type' | 'multiple'>): boolean {
  return field.multiple === true || LIST_TYPES.has(field.type);
}

/** Whether the field refers to records of another object. */
export function isReference(field: Pick<Field, 'type'>): boolean {
  return REFERENCE_TYPES.has(field.type);
}

/** Object that a reference field refers to. Default: its own object for a tree, `user` for a user. */
export function referenceTarget(
  field: Pick<Field, 'type' | 'reference'>,
  objectName: string,
): string | undefined {
  if (!isReference(field)) return undefined;
  if (field.reference !== undefined) return field.reference;
  if (field.type === 'tree') return objectName;
  return field.type === 'user' ? USER_OBJECT : undefined;
}

import { isDay, toInstant, toTimeOfDay } from './calendar.js';
import { encodeIntegerId } from './encode-integer-id.js';
import { encodeJson } from './encode-json.js';
import { encodeText } from './encode-text.js';
import { type EncodedValue, WRONG_TYPE } from './encoded-value.js';
import type { EncodingFacts } from './encoding-facts.js';

export type { EncodingFacts } from './encoding-facts.js';

const orWrongType = (value: string | null): EncodedValue => (value === null ? WRONG_TYPE : { value });
const dayOf = (timestamp: string) => timestamp.slice(0, 10);

/**
 * Facts about every encoding, by name. A driver converts between encodings; everything else about them is in this
 * table.
 */
export const FIELD_ENCODINGS = {
  /** A string, stored unchanged. */
  text: {
    column: 'TEXT',
    value: 'text',
    comparand: 'ordered',
    rules: ['length'],
    expected: 'text',
    encode: encodeText,
    tokens: { now: (timestamp) => timestamp, today: dayOf },
  },
  /** A finite number, stored as REAL. */
  number: {
    column: 'REAL',
    value: 'number',
    comparand: 'ordered',
    rules: ['range'],
    expected: 'a number such as 12.5',
    encode: (value: unknown) =>
      // The sum turns -0, which databases do not distinguish, into 0.
      typeof value === 'number' && Number.isFinite(value) ? { value: value + 0 } : WRONG_TYPE,
  },
  /** true or false, stored as 1 or 0. */
  boolean: {
    column: 'INTEGER',
    value: 'boolean',
    comparand: 'equal',
    rules: [],
    expected: 'true or false',
    encode: (value: unknown) => (typeof value === 'boolean' ? { value: value ? 1 : 0 } : WRONG_TYPE),
  },
  /** A calendar date, `YYYY-MM-DD`, of the years 0000 to 9999. */
  date: {
    column: 'TEXT',
    value: 'text',
    comparand: 'ordered',
    rules: [],
    expected: 'a date such as 2026-01-31, without a time',
    encode: (value: unknown) => (typeof value === 'string' && isDay(value) ? { value } : WRONG_TYPE),
    tokens: { now: dayOf, today: dayOf },
  },
  /** A timestamp, ISO 8601 in UTC with milliseconds and `Z`, of the years 0000 to 9999. */
  datetime: {
    column: 'TEXT',
    value: 'text',
    comparand: 'ordered',
    rules: [],
    expected: 'a timestamp such as 2026-01-31T12:00:00Z, with a time and an offset',
    encode: (value: unknown) => orWrongType(toInstant(value)),
    tokens: { now: (timestamp) => timestamp, today: (timestamp) => `${dayOf(timestamp)}T00:00:00.000Z` },
  },
  /** A time of day, `HH:MM:SS`. */
  time: {
    column: 'TEXT',
    value: 'text',
    comparand: 'ordered',
    rules: [],
    expected: 'a time of day such as 12:00:00',
    encode: (value: unknown) => orWrongType(toTimeOfDay(value)),
    tokens: { now: (timestamp) => timestamp.slice(11, 19), today: () => '00:00:00' },
  },
  /** Any JSON value, stored as JSON text. */
  json: {
    column: 'TEXT',
    value: 'json',
    comparand: 'presence',
    rules: ['length', 'range'],
    expected: 'JSON',
    encode: encodeJson,
  },
  /** Not stored: the value is computed. */
  computed: {
    column: null,
    value: 'none',
    comparand: 'presence',
    rules: [],
    expected: 'left out',
    encode: () => ({ rule: 'computed' }),
  },
} as const satisfies Record<string, EncodingFacts>;

/** How a value is represented in a record and in its column. */
export type FieldEncoding = keyof typeof FIELD_ENCODINGS;

/** Format of a text value. */
export type TextFormat = 'email' | 'url';

/** Facts about a field type. */
export interface FieldTypeFacts {
  readonly encoding: FieldEncoding;
  /** Whether the values are ids of other records. */
  readonly isReference?: true;
  /** Whether the values are those of the options of the field, if it has any. */
  readonly hasOptions?: true;
  /** Whether a value is a list of strings. */
  readonly isList?: true;
  /** Format of the text. */
  readonly format?: TextFormat;
}

/** Facts about every field type, by name. */
export const FIELD_TYPES = {
  text: { encoding: 'text' },
  textarea: { encoding: 'text' },
  email: { encoding: 'text', format: 'email' },
  url: { encoding: 'text', format: 'url' },
  phone: { encoding: 'text' },
  password: { encoding: 'text' },
  markdown: { encoding: 'text' },
  html: { encoding: 'text' },
  richtext: { encoding: 'text' },
  code: { encoding: 'text' },
  number: { encoding: 'number' },
  currency: { encoding: 'number' },
  percent: { encoding: 'number' },
  rating: { encoding: 'number' },
  slider: { encoding: 'number' },
  progress: { encoding: 'number' },
  date: { encoding: 'date' },
  datetime: { encoding: 'datetime' },
  time: { encoding: 'time' },
  boolean: { encoding: 'boolean' },
  toggle: { encoding: 'boolean' },
  select: { encoding: 'text', hasOptions: true },
  multiselect: { encoding: 'json', hasOptions: true, isList: true },
  radio: { encoding: 'text', hasOptions: true },
  checkboxes: { encoding: 'json', hasOptions: true, isList: true },
  tags: { encoding: 'json', isList: true },
  lookup: { encoding: 'text', isReference: true },
  master_detail: { encoding: 'text', isReference: true },
  tree: { encoding: 'text', isReference: true },
  user: { encoding: 'text', isReference: true },
  image: { encoding: 'json' },
  file: { encoding: 'json' },
  avatar: { encoding: 'json' },
  video: { encoding: 'json' },
  audio: { encoding: 'json' },
  signature: { encoding: 'json' },
  qrcode: { encoding: 'text' },
  formula: { encoding: 'computed' },
  summary: { encoding: 'computed' },
  autonumber: { encoding: 'text' },
  location: { encoding: 'json' },
  address: { encoding: 'json' },
  json: { encoding: 'json' },
  color: { encoding: 'text' },
  vector: { encoding: 'json' },
  composite: { encoding: 'json' },
  repeater: { encoding: 'json' },
  record: { encoding: 'json' },
} as const satisfies Record<string, FieldTypeFacts>;

/** What is known about a field type. */
export const fieldTypeFacts = (type: keyof typeof FIELD_TYPES): FieldTypeFacts => FIELD_TYPES[type];

/** An id of an object with `idType: 'integer'`: a decimal integer of 64 bits, which is a text in records. */
const INTEGER_ID: EncodingFacts = {
  column: 'INTEGER',
  value: 'text',
  comparand: 'ordered',
  rules: [],
  expected: 'an integer id in decimal notation, such as "42"',
  encode: encodeIntegerId,
};

/** Encoding of a field by its type, or that of the ids of objects with `idType: 'integer'`, which no field type has. */
export type ValueEncoding = FieldEncoding | 'integer_id';

/** What is known about an encoding. */
export const encodingFacts = (encoding: ValueEncoding): EncodingFacts =>
  encoding === 'integer_id' ? INTEGER_ID : FIELD_ENCODINGS[encoding];

import { LIMITS } from '../shared/limits.js';
import type { RecordRule } from '../shared/record-rule.zod.js';
import { isDay, toInstant, toTimeOfDay } from './calendar.js';
import type { FieldEncoding } from './field-storage.js';

/** A value as stored in its column, or the rule that it violates. */
export type EncodedValue =
  | { readonly value: string | number | null }
  | { readonly rule: Extract<RecordRule, 'type' | 'format' | 'computed' | 'max_bytes'> };

const MAX_DEPTH = 64;
const LONE_SURROGATE = /\p{Surrogate}/u;
const MOST_BYTES_PER_UNIT = 3;
const WRONG_TYPE: EncodedValue = { rule: 'type' };
const TOO_LARGE: EncodedValue = { rule: 'max_bytes' };

/** Whether a database returns the text unchanged: it would truncate a text at NUL and replace an unpaired surrogate. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && !LONE_SURROGATE.test(text);
}

function isJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) return Array.from(value).every((item) => isJson(item, depth + 1));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((item) => item === undefined || isJson(item, depth + 1));
}

/** Whether the text exceeds the maximum size of a value. Texts whose length alone decides are not scanned. */
function isTooLarge(text: string): boolean {
  const { length } = text;
  if (length > LIMITS.maxValueBytes) return true;
  return length * MOST_BYTES_PER_UNIT > LIMITS.maxValueBytes && utf8Length(text) > LIMITS.maxValueBytes;
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) bytes += 1;
    // A lone surrogate; a surrogate pair has four bytes in UTF-8.
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 1;
  }
  return bytes;
}

function toText(value: unknown): EncodedValue {
  if (typeof value !== 'string') return WRONG_TYPE;
  if (isTooLarge(value)) return TOO_LARGE;
  return isStorableText(value) ? { value } : { rule: 'format' };
}

function toJson(value: unknown): EncodedValue {
  if (!isJson(value)) return WRONG_TYPE;
  const text = JSON.stringify(value);
  return isTooLarge(text) ? TOO_LARGE : { value: text };
}

const orWrongType = (value: string | null): EncodedValue => (value === null ? WRONG_TYPE : { value });

const ENCODERS: Record<FieldEncoding, (value: unknown) => EncodedValue> = {
  text: toText,
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? { value } : WRONG_TYPE),
  boolean: (value) => (typeof value === 'boolean' ? { value: value ? 1 : 0 } : WRONG_TYPE),
  date: (value) => (typeof value === 'string' && isDay(value) ? { value } : WRONG_TYPE),
  datetime: (value) => orWrongType(toInstant(value)),
  time: (value) => orWrongType(toTimeOfDay(value)),
  json: toJson,
  computed: () => ({ rule: 'computed' }),
};

/** Encodes a value for its column, or returns the rule that it violates. Null and undefined yield NULL. */
export function encodeValue(encoding: FieldEncoding, value: unknown): EncodedValue {
  if (value === null || value === undefined) return { value: null };
  return ENCODERS[encoding](value);
}

import { toDay, toInstant, toTimeOfDay } from './calendar.js';
import type { FieldEncoding } from './field-storage.js';
import type { RecordRule } from './record-rule.zod.js';

/** A value as its column holds it, or the rule that it breaks. */
export type EncodedValue =
  | { readonly value: string | number | null }
  | { readonly rule: Extract<RecordRule, 'type' | 'format' | 'computed'> };

const MAX_DEPTH = 64;
const LONE_SURROGATE = /\p{Surrogate}/u;
const WRONG_TYPE: EncodedValue = { rule: 'type' };

/** Whether a database gives the text back as it is: it cuts at NUL and replaces half of a surrogate pair. */
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

function toText(value: unknown): EncodedValue {
  if (typeof value !== 'string') return WRONG_TYPE;
  return isStorableText(value) ? { value } : { rule: 'format' };
}

const orWrongType = (value: string | null): EncodedValue => (value === null ? WRONG_TYPE : { value });

const ENCODERS: Record<FieldEncoding, (value: unknown) => EncodedValue> = {
  text: toText,
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? { value } : WRONG_TYPE),
  boolean: (value) => (typeof value === 'boolean' ? { value: value ? 1 : 0 } : WRONG_TYPE),
  date: (value) => orWrongType(toDay(value)),
  datetime: (value) => orWrongType(toInstant(value)),
  time: (value) => orWrongType(toTimeOfDay(value)),
  json: (value) => (isJson(value) ? { value: JSON.stringify(value) } : WRONG_TYPE),
  computed: () => ({ rule: 'computed' }),
};

/** A value as its column holds it, or the rule that it breaks. Null and undefined are an empty column. */
export function encodeValue(encoding: FieldEncoding, value: unknown): EncodedValue {
  if (value === null || value === undefined) return { value: null };
  return ENCODERS[encoding](value);
}

import type { RecordViolation, SqlValue } from '@objectstack/spec/contracts';
import type { FieldEncoding } from '@objectstack/spec/data';
import { isStorableText } from '../connection/storable-text.js';

export type Encoded = { readonly value: SqlValue } | { readonly rule: RecordViolation['rule'] };

const WRONG_TYPE: Encoded = { rule: 'type' };
const WRONG_FORMAT: Encoded = { rule: 'format' };
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The instant in UTC with milliseconds, or null. Refuses the 30th of February, which `Date` would move to March. */
function toInstant(value: unknown): string | null {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (typeof value !== 'string' || !INSTANT.test(value) || !isDay(value.slice(0, 10))) return null;
  const time = Date.parse(value);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function toTime(value: unknown): string | null {
  const match = typeof value === 'string' ? TIME.exec(value) : null;
  return match && `${match[1]}:${match[2]}:${match[3] ?? '00'}`;
}

/** A day; an instant counts as its day in UTC. */
function toDay(value: unknown): string | null {
  if (typeof value === 'string' && isDay(value)) return value;
  return toInstant(value)?.slice(0, 10) ?? null;
}

function isJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > 64) return false;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((item) => item === undefined || isJson(item, depth + 1));
}

function toText(value: unknown): Encoded {
  if (typeof value !== 'string') return WRONG_TYPE;
  return isStorableText(value) ? { value } : WRONG_FORMAT;
}

const orWrongType = (value: SqlValue | null): Encoded => (value === null ? WRONG_TYPE : { value });

const ENCODERS: Record<FieldEncoding, (value: unknown) => Encoded> = {
  text: toText,
  number: (value) => (typeof value === 'number' && Number.isFinite(value) ? { value } : WRONG_TYPE),
  boolean: (value) => (typeof value === 'boolean' ? { value: value ? 1 : 0 } : WRONG_TYPE),
  date: (value) => orWrongType(toDay(value)),
  datetime: (value) => orWrongType(toInstant(value)),
  time: (value) => orWrongType(toTime(value)),
  json: (value) => (isJson(value) ? { value: JSON.stringify(value) } : WRONG_TYPE),
  computed: () => ({ rule: 'computed' }),
};

/** A value as its column holds it, or the rule that it breaks. Null and undefined are an empty column. */
export function encodeValue(encoding: FieldEncoding, value: unknown): Encoded {
  if (value === null || value === undefined) return { value: null };
  return ENCODERS[encoding](value);
}

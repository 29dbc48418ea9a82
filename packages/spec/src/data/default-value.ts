import { DEFAULT_TOKENS, type DefaultTokenMeaning } from './default-token.js';
import type { Field } from './field.zod.js';
import { type FieldEncoding, isList, storageOf } from './field-storage.js';

export interface DefaultContext {
  /** Timestamp of the write, in UTC with milliseconds. */
  readonly now: string;
  /** Identifier of the user who writes; undefined if unknown. */
  readonly actor: string | undefined;
}

function meaningOf(value: unknown): DefaultTokenMeaning | undefined {
  return typeof value === 'string' && Object.hasOwn(DEFAULT_TOKENS, value)
    ? DEFAULT_TOKENS[value]
    : undefined;
}

/** Whether a default is a token that a field of this type can have. */
export function isDefaultToken(field: Field, value: unknown): boolean {
  const meaning = meaningOf(value);
  const { encoding } = storageOf(field);
  if (meaning === undefined) return false;
  if (encoding === 'text') return true;
  return meaning !== 'current_user' && ['date', 'datetime', 'time'].includes(encoding);
}

/** The default given by the options; a list may have several. */
function defaultOption(field: Field): unknown {
  const values = (field.options ?? []).filter((option) => option.default).map(({ value }) => value);
  return isList(field) && values.length > 0 ? values : values[0];
}

/** A timestamp in the encoding of the field: its date, its time of day, or the whole timestamp. */
function instantFor(encoding: FieldEncoding, instant: string): string {
  if (encoding === 'date') return instant.slice(0, 10);
  return encoding === 'time' ? instant.slice(11, 19) : instant;
}

/** `today` is a date in date and text fields, and midnight UTC in timestamp and time fields. */
function todayFor(encoding: FieldEncoding, now: string): string {
  const day = now.slice(0, 10);
  return encoding === 'text' ? day : instantFor(encoding, `${day}T00:00:00.000Z`);
}

/** The default value of a field in a new record; undefined if the field has no default. */
export function defaultValueOf(field: Field, { now, actor }: DefaultContext): unknown {
  const { defaultValue } = field;
  if (defaultValue === undefined) return defaultOption(field);
  const { encoding } = storageOf(field);
  switch (meaningOf(defaultValue)) {
    case 'now':
      return instantFor(encoding, now);
    case 'today':
      return todayFor(encoding, now);
    case 'current_user':
      return actor;
    case undefined:
      return defaultValue;
  }
}

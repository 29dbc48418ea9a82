import { DEFAULT_TOKENS, type DefaultTokenMeaning } from './default-token.js';
import type { Field } from './field.zod.js';
import { type FieldEncoding, isList, storageOf } from './field-storage.js';

export interface DefaultContext {
  /** Instant of the write, in UTC with milliseconds. */
  readonly now: string;
  /** Who writes; absent when nobody is known. */
  readonly actor: string | undefined;
}

function meaningOf(value: unknown): DefaultTokenMeaning | undefined {
  return typeof value === 'string' && Object.hasOwn(DEFAULT_TOKENS, value)
    ? DEFAULT_TOKENS[value]
    : undefined;
}

/** Whether a default is a token that the field can hold the meaning of. */
export function isDefaultToken(field: Field, value: unknown): boolean {
  const meaning = meaningOf(value);
  const { encoding } = storageOf(field);
  if (meaning === undefined) return false;
  if (encoding === 'text') return true;
  return meaning !== 'current_user' && ['date', 'datetime', 'time'].includes(encoding);
}

/** What the options say a new record starts with; a list may start with several. */
function defaultOption(field: Field): unknown {
  const values = (field.options ?? []).filter((option) => option.default).map(({ value }) => value);
  return isList(field) && values.length > 0 ? values : values[0];
}

/** An instant as a field holds it: as its day, its time of day, or whole. */
function instantFor(encoding: FieldEncoding, instant: string): string {
  if (encoding === 'date') return instant.slice(0, 10);
  return encoding === 'time' ? instant.slice(11, 19) : instant;
}

/** Today is a day where a day is asked for, or any text; where an instant or a time is, it is its midnight in UTC. */
function todayFor(encoding: FieldEncoding, now: string): string {
  const day = now.slice(0, 10);
  return encoding === 'text' ? day : instantFor(encoding, `${day}T00:00:00.000Z`);
}

/** The value that a new record gets where none was given; undefined when the field has no default. */
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

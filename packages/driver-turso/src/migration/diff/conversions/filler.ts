import {
  defaultValueOf,
  encodeField,
  type Field,
  fieldValueModel,
  isDefaultToken,
  isList,
  storageOf,
} from '@objectstack/spec/data';
import { conversionOf } from './conversion-of.js';

/** What stored records get that have no value. */
export interface Filler {
  /** The value as SQL; NULL where records stay without one. */
  readonly value: string;
  /** Whether a stored value is none, as SQL. */
  readonly lacks: (stored: string) => string;
  /** The stored value or, where it is none, what fills it, as SQL. */
  readonly fill: (stored: string) => string;
}

const isNull = (stored: string) => `(${stored}) IS NULL`;

export const NO_FILLER: Filler = { value: 'NULL', lacks: isNull, fill: (stored) => stored };

function literalOf(field: Field, value: unknown): string {
  const encoded = encodeField(fieldValueModel(field), value);
  if ('rule' in encoded) return 'NULL';
  const { value: stored } = encoded;
  return typeof stored === 'string' ? `'${stored.replaceAll("'", "''")}'` : String(stored ?? 'NULL');
}

/** The default of the field, if it is the same for every record; else NULL. */
function defaultOf(field: Field): string {
  if (isDefaultToken(field, field.defaultValue)) return 'NULL';
  return literalOf(field, defaultValueOf(field, { now: '', actor: undefined }));
}

/** The value of the `backfill` key; NULL without one. An autonumber takes its values from its counter. */
const backfillOf = (field: Field): string =>
  field.type === 'autonumber' ? 'NULL' : literalOf(field, field.backfill);

const literalFor = (field: Field): string => {
  const backfill = backfillOf(field);
  return backfill === 'NULL' ? defaultOf(field) : backfill;
};

/** SQL of a stored value, or NULL where a required field would take it for none. */
export function presentValue(field: Field, value: string): string {
  if (storageOf(field).encoding !== 'json') return `nullif(${value}, '')`;
  const text = `nullif(${value}, '""')`;
  return isList(field) ? `nullif(${text}, '[]')` : text;
}

function fillerFor(field: Field, present: (stored: string) => string): Filler {
  const value = literalFor(field);
  if (value === 'NULL') return NO_FILLER;
  return {
    value,
    lacks: (stored) => isNull(present(stored)),
    fill: (stored) => `coalesce(${present(stored)}, ${value})`,
  };
}

/** What a column that must not be empty begins with. */
export const fillerOf = (field: Field | undefined): Filler =>
  field?.storage?.notNull ? fillerFor(field, (stored) => stored) : NO_FILLER;

/**
 * What records get whose field is stored already: where it requires a value from now on, and where it requires one and
 * values may be given up because they do not fit.
 */
export function fillOf(before: Field, after: Field): Filler {
  if (!storageOf(before).column || !storageOf(after).column) return NO_FILLER;
  const mayGiveUp = conversionOf(before, after)?.fits !== undefined;
  if (before.storage?.notNull && !mayGiveUp) return NO_FILLER;
  if (after.required && (!before.required || mayGiveUp))
    return fillerFor(after, (stored) => presentValue(after, stored));
  return fillerOf(after);
}

/**
 * What a new column begins with in records that exist: its backfill or, where a value is required, its literal default.
 */
export function firstValueOf(field: Field | undefined): string {
  if (!field) return 'NULL';
  return field.storage?.notNull || field.required ? literalFor(field) : backfillOf(field);
}

/** How the value that fills records is called. */
export const fillerName = (field: Field): 'backfill' | 'default' =>
  backfillOf(field) === 'NULL' ? 'default' : 'backfill';

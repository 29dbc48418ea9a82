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

/** The value that a migration writes into stored records without a value. */
export interface Filler {
  /** SQL of the value; NULL if records remain without one. */
  readonly value: string;
  /** SQL condition that a stored value is missing. */
  readonly lacks: (stored: string) => string;
  /** SQL of the stored value, or of the filling value if it is missing. */
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

/** The default of the field if it is the same for every record; otherwise NULL. */
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

/** SQL of a stored value, or NULL if a required field treats the value as missing. */
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

/** Filler of a NOT NULL column. */
export const fillerOf = (field: Field | undefined): Filler =>
  field?.storage?.notNull ? fillerFor(field, (stored) => stored) : NO_FILLER;

/**
 * Filler for existing records of a stored field: if it becomes required, and if it is required and values may be
 * removed because they do not fit.
 */
export function fillOf(before: Field, after: Field): Filler {
  if (!storageOf(before).column || !storageOf(after).column) return NO_FILLER;
  const mayLoseValues = conversionOf(before, after)?.fits !== undefined;
  if (before.storage?.notNull && !mayLoseValues) return NO_FILLER;
  if (after.required && (!before.required || mayLoseValues))
    return fillerFor(after, (stored) => presentValue(after, stored));
  return fillerOf(after);
}

/** Value of a new column in existing records: its backfill or, if a value is required, its literal default. */
export function firstValueOf(field: Field | undefined): string {
  if (!field) return 'NULL';
  return field.storage?.notNull || field.required ? literalFor(field) : backfillOf(field);
}

/** Name of the key whose value fills records. */
export const fillerName = (field: Field): 'backfill' | 'default' =>
  backfillOf(field) === 'NULL' ? 'default' : 'backfill';

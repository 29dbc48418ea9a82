import {
  backfillSourceOf,
  defaultValueOf,
  type Field,
  isComputedDefault,
  isList,
  storageOf,
} from '@objectstack/spec/data';
import { conversionOf } from './conversion-of.js';
import { sqlLiteralOf } from './sql-literal-of.js';
import { type StoredSql, valueFrom } from './value-from.js';

/** The value that another field of the same record has after the migration. */
export type ReadField = (field: string) => StoredSql;

/** The value that a migration writes into stored records without a value. */
export interface Filler {
  /** SQL of the value; NULL if records remain without one. */
  readonly value: (read: ReadField) => string;
  /** SQL condition that a stored value is missing. */
  readonly lacks: (stored: string) => string;
  /** SQL of the stored value, or of the filling value if it is missing. */
  readonly fill: (stored: string, read: ReadField) => string;
  /** Field from which the value is taken; absent if it is the same for every record. */
  readonly from?: string;
}

const isNull = (stored: string) => `(${stored}) IS NULL`;

/** Fills nothing. */
export const NO_FILLER: Filler = { value: () => 'NULL', lacks: isNull, fill: (stored) => stored };

/** The default of the field if it is the same for every record; otherwise NULL. */
function defaultOf(field: Field): string {
  if (isComputedDefault(field)) return 'NULL';
  return sqlLiteralOf(field, defaultValueOf(field, { now: '', actor: undefined }));
}

/** The literal value of the `backfill` key; NULL without one. An autonumber takes its values from its counter. */
const literalBackfill = (field: Field): string =>
  field.type === 'autonumber' || backfillSourceOf(field) ? 'NULL' : sqlLiteralOf(field, field.backfill);

type FirstValue = Pick<Filler, 'value' | 'from'>;

const constant = (value: string): FirstValue | null => (value === 'NULL' ? null : { value: () => value });

/** The value of the `backfill` key; null without one, and if it only replaces values of the field itself. */
function backfillOf(field: Field): FirstValue | null {
  const { field: from, values } = backfillSourceOf(field) ?? {};
  if (from === undefined) return constant(literalBackfill(field));
  const value = (read: ReadField) => (values ? valueFrom(field, values, read(from)) : read(from).sql);
  return { value, from };
}

const fillingValueOf = (field: Field): FirstValue | null => backfillOf(field) ?? constant(defaultOf(field));

/** SQL of a stored value, or NULL if a required field treats the value as missing. */
export function presentValue(field: Field, value: string): string {
  if (storageOf(field).encoding !== 'json') return `nullif(${value}, '')`;
  const text = `nullif(${value}, '""')`;
  return isList(field) ? `nullif(${text}, '[]')` : text;
}

function fillerFor(field: Field, present: (stored: string) => string): Filler {
  const filling = fillingValueOf(field);
  if (!filling) return NO_FILLER;
  return {
    ...filling,
    lacks: (stored) => isNull(present(stored)),
    fill: (stored, read) => `coalesce(${present(stored)}, ${filling.value(read)})`,
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
function firstValue(field: Field | undefined): FirstValue | null {
  if (!field) return null;
  return field.storage?.notNull || field.required ? fillingValueOf(field) : backfillOf(field);
}

/** Whether a migration writes a value into existing records when it adds the field. */
export const hasFirstValue = (field: Field | undefined): boolean => firstValue(field) !== null;

/** Whether this value is certain to be there: that of another field may be missing. */
export function isFirstValueCertain(field: Field): boolean {
  const first = firstValue(field);
  return first !== null && first.from === undefined;
}

/** Field from which the first value is taken. */
export const firstValueFrom = (field: Field | undefined): string | undefined => firstValue(field)?.from;

/** SQL of the value of a new column in existing records; NULL without one. */
export const firstValueOf = (field: Field | undefined, read: ReadField): string =>
  firstValue(field)?.value(read) ?? 'NULL';

/** Name of the key whose value fills records. */
export const fillerName = (field: Field): 'backfill' | 'default' =>
  backfillOf(field) ? 'backfill' : 'default';

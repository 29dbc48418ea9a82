import { type Field, storageOf } from '@objectstack/spec/data';
import type { Table, TableColumn } from '@objectstack/spec/system';
import { columnNamed, foreignKeyOn } from '../../../schema/column-named.js';
import { quote } from '../../../schema/quote.js';
import type { Conversion } from '../../diff/conversions/conversion.js';
import {
  type Filler,
  fillerOf,
  fillOf,
  firstValueFrom,
  firstValueOf,
  NO_FILLER,
  presentValue,
  type ReadField,
} from '../../diff/conversions/filler.js';
import { replacedValues, valueChangeOf } from '../../diff/conversions/value-change-of.js';
import { isNamed } from '../../diff/conversions/value-from.js';
import { isSameRecord, RETAINED_UPDATED_AT } from '../table/is-same-record.js';
import { changeTo, isFilled, type TablePlan, UNCONVERTED } from '../table/table-plan.js';
import { holdsIntegerIds } from './holds-integer-ids.js';

/** SQL names of the columns of a row at a certain step of the migration. */
export interface Row {
  readonly column: (name: string) => string;
  /** Quoted name of a lookup target at that step. */
  readonly target: (table: string) => string;
  /** Whether the columns have the values that the migration writes, unless it fills them from another field. */
  readonly isWritten?: true;
}

/** A row of a table whose columns have their own names. */
export const rowOf = (table: string, target: Row['target'] = quote): Row => ({
  column: (name) => `${table}.${quote(name)}`,
  target,
});

/** A row of a table that is changed in place. Columns that are filled from other fields must be written last. */
export const rowInPlace = (table: string): Row => ({ ...rowOf(table), isWritten: true });

/**
 * SQL that reads a value of a table before or after the migration. Integer ids are texts in every value that a migration
 * computes, compares or converts, as in records: the columns of retained tables and of copies have no type, with which
 * SQLite would compare the integer 1 with the text `1` as different, and an INTEGER column compares it with `01` as equal.
 */
const readFrom = (table: Table, name: string, sql: string): string =>
  holdsIntegerIds(table, name) ? `CAST(${sql} AS TEXT)` : sql;

/** The value that a column has before the migration. */
const currentValue = (plan: TablePlan, name: string, row: Row): string =>
  readFrom(plan.base, name, row.column(name));

/** SQL of the converted value. A value that does not fit is treated as empty. */
function convert(column: string, { value, fits, isNullUnlessFits }: Conversion): string {
  const converted = value(column);
  if (isNullUnlessFits) return converted;
  if (fits) return `CASE WHEN ${column} IS NULL THEN NULL WHEN ${fits(column)} THEN ${converted} END`;
  return converted === column ? column : `CASE WHEN ${column} IS NULL THEN NULL ELSE ${converted} END`;
}

/**
 * Reads other fields of a row. Fields that are filled from another one are never read, so that this ends, and the order
 * in which they are written does not matter.
 */
const readerOf =
  (plan: TablePlan, row: Row): ReadField =>
  (name) => {
    const isWritten = row.isWritten && columnNamed(plan.base, name);
    const sql = isWritten ? currentValue(plan, name, row) : columnValue(plan, name, row);
    return { sql, encoding: plan.encodings.get(name) ?? 'text' };
  };

/**
 * Condition that the record to which a value refers exists. A text such as `05` does not refer to the integer id 5, to which
 * SQLite compares it as equal.
 */
export const referencedRecordExists = (value: string, target: string) =>
  `EXISTS (SELECT 1 FROM ${target} AS _os_target WHERE _os_target.id = ${value} AND CAST(_os_target.id AS TEXT) = CAST(${value} AS TEXT))`;

const RETAINED = quote('_os_kept');
const retainedColumn = (name: string) => `${RETAINED}.${quote(name)}`;

/** The value of a retained column, which is restored to the column after the migration. */
const readRetained = ({ after }: TablePlan, name: string): string =>
  readFrom(after, name, retainedColumn(name));

/**
 * Subquery of the retained value of the row, with an optional condition; no row if the value refers to a missing
 * record.
 */
function retainedValue(plan: TablePlan, name: string, row: Row, condition = ''): string | null {
  if (!plan.retained?.columns.includes(name)) return null;
  const value = retainedColumn(name);
  const target = plan.retained.mayDangle ? foreignKeyOn(plan.after, name)?.table : undefined;
  const exists = target
    ? ` AND (${value} IS NULL OR ${referencedRecordExists(value, row.target(target))})`
    : '';
  return `SELECT ${readRetained(plan, name)} FROM ${plan.retained.from} AS ${RETAINED} WHERE ${isSameRecord(RETAINED, row.column)}${exists}${condition}`;
}

const isUnwrittenSince = (row: Row) =>
  `${RETAINED}.${quote(RETAINED_UPDATED_AT)} IS ${row.column('updated_at')}`;

/** A user may have written the same value that filled the record; only the update time of the record shows this. */
const isStillFilled = (present: string, row: Row) => `${present} IS NOT NULL OR ${isUnwrittenSince(row)}`;

/** Condition that a rollback emptied a column that is filled again, and that the record was not updated since. */
function isStillEmpty(plan: TablePlan, name: string, row: Row): string | null {
  const { before, after } = changeTo(plan, name) ?? {};
  const filler = before && after && fillOf(before, after);
  if (!filler || filler === NO_FILLER) return null;
  // Whether a value fits is not checked again, because SQLite limits the depth of expressions.
  const mayHaveLostValues = plan.conversions.get(name)?.fits !== undefined;
  return mayHaveLostValues
    ? isUnwrittenSince(row)
    : `(${filler.lacks(currentValue(plan, name, row))} AND ${isUnwrittenSince(row)})`;
}

interface RestoredValue {
  readonly converted: string;
  readonly value: string;
  readonly column: string;
  readonly row: Row;
}

/** Condition that the column contains what the deployment wrote, if it filled all records with the same value. */
function isMadeOf(
  plan: TablePlan,
  { converted, value, column, row }: RestoredValue,
  { before, after, filler }: { before: Field; after: Field; filler: Filler },
): string {
  const wasFilled = filler !== NO_FILLER;
  const made = (wasFilled ? filler : fillerOf(before)).fill(converted, readerOf(plan, row));
  const isStill = wasFilled ? ` AND (${isStillFilled(presentValue(after, value), row)})` : '';
  return `(${made}) IS ${column}${isStill}`;
}

/** Condition that the column still contains the converted retained value, so that it was not updated since. */
function isUnchangedSince(plan: TablePlan, name: string, row: Row): string {
  const { before, after } = changeTo(plan, name) ?? {};
  if (!before || !after) return '';
  if (replacedValues(before, after)) return ` AND ${isUnwrittenSince(row)}`;
  const filler = fillOf(after, before);
  const wasFilled = filler !== NO_FILLER;
  const forth = valueChangeOf(after, before) ?? (wasFilled ? UNCONVERTED : null);
  const column = currentValue(plan, name, row);
  const isEmptied = isStillEmpty(plan, name, row);
  if (!forth) return isEmptied ? ` AND ${isEmptied}` : '';
  const value = readRetained(plan, name);
  const converted = convert(value, forth);
  const isMade =
    filler.from === undefined
      ? isMadeOf(plan, { converted, value, column, row }, { before, after, filler })
      : `CASE WHEN ${filler.lacks(converted)} THEN ${isUnwrittenSince(row)} ELSE (${converted}) IS ${column} END`;
  return isEmptied ? ` AND (${isMade} OR ${isEmptied})` : ` AND ${isMade}`;
}

/** Condition that the retained value is restored; null if none is retained. */
function isRestored(plan: TablePlan, name: string, row: Row): string | null {
  const retained = retainedValue(plan, name, row, isUnchangedSince(plan, name, row));
  return retained && `EXISTS (${retained})`;
}

/** Whether the values of the column of a table before or after the migration are integer ids, also if it has the type TEXT. */
const areIntegerIds = ({ integerIds }: TablePlan, table: Table, name: string): boolean =>
  holdsIntegerIds(table, name) || integerIds.has(foreignKeyOn(table, name)?.table ?? '');

/** A text such as `05`, which an INTEGER column would store as 5, remains a text, so that it refers to no record. */
const withoutOtherNotations = (value: string) =>
  `(SELECT CASE WHEN typeof(value) = 'text' AND CAST(CAST(value AS INTEGER) AS TEXT) <> value THEN '?' || value ELSE value END FROM (SELECT (${value}) AS value))`;

/** SQL of the new value of a column. An integer id is a text, which an INTEGER column stores as an integer. */
export function columnValue(plan: TablePlan, name: string, row: Row): string {
  const value = valueBefore(plan, name, row);
  if (value === 'NULL' || !areIntegerIds(plan, plan.after, name)) return value;
  const isUnchanged = value === currentValue(plan, name, row) && areIntegerIds(plan, plan.base, name);
  return isUnchanged ? value : withoutOtherNotations(value);
}

/** SQL that a statement writes into a column: its new value, or the stored integer if it is unchanged. */
export function writtenValue(plan: TablePlan, name: string, row: Row): string {
  const value = columnValue(plan, name, row);
  const isUnchanged = value === currentValue(plan, name, row) && holdsIntegerIds(plan.after, name);
  return isUnchanged ? row.column(name) : value;
}

/** The new value, before the column stores it. */
function valueBefore(plan: TablePlan, name: string, row: Row): string {
  const filler = plan.fillers.get(name) ?? fillerOf(changeTo(plan, name)?.after);
  const read = readerOf(plan, row);
  if (!columnNamed(plan.base, name)) {
    const retained = retainedValue(plan, name, row);
    return retained ? filler.fill(`(${retained})`, read) : firstValueOf(changeTo(plan, name)?.after, read);
  }
  const conversion = plan.conversions.get(name);
  const column = currentValue(plan, name, row);
  if (!conversion) return columnNamed(plan.base, name)?.notNull ? column : filler.fill(column, read);
  const converted = filler.fill(convert(column, conversion), read);
  const back = isRestored(plan, name, row);
  return back
    ? `CASE WHEN ${back} THEN (${retainedValue(plan, name, row)}) ELSE ${converted} END`
    : converted;
}

/** Condition that a record gets a value in a column that is filled; null if the column is not filled. */
export function isFilledUp(plan: TablePlan, name: string, row: Row): string | null {
  if (!isFilled(plan, name)) return null;
  const filler = plan.fillers.get(name);
  const conversion = plan.conversions.get(name);
  const lacks =
    filler && conversion ? filler.lacks(convert(currentValue(plan, name, row), conversion)) : 'true';
  const from = columnNamed(plan.base, name) ? filler?.from : firstValueFrom(changeTo(plan, name)?.after);
  return from === undefined ? lacks : `${lacks} AND (${columnValue(plan, name, row)}) IS NOT NULL`;
}

/** Condition that a table of values replaces the value of a column; null if the column has none. */
export function isReplaced(plan: TablePlan, name: string, row: Row): string | null {
  const { before, after } = changeTo(plan, name) ?? {};
  const values = before && after && replacedValues(before, after);
  if (!values) return null;
  return `coalesce(${isNamed(values, { sql: currentValue(plan, name, row), encoding: storageOf(before).encoding })}, 0)`;
}

/** Condition that the value of a column can be converted; null if every value can. */
export function columnFits(plan: TablePlan, name: string, row: Row): string | null {
  const fits = plan.conversions.get(name)?.fits;
  if (!fits) return null;
  const column = currentValue(plan, name, row);
  const back = isRestored(plan, name, row);
  return `(${column} IS NULL OR ${back ? `${back} OR ` : ''}(${fits(column)}))`;
}

/** Condition that a retained value is not restored because its target is missing; null if none is retained. */
export function targetIsMissing(plan: TablePlan, name: string, row: Row): string | null {
  if (!plan.retained?.columns.includes(name) || !foreignKeyOn(plan.after, name)) return null;
  const value = retainedColumn(name);
  const retained = `EXISTS (SELECT 1 FROM ${plan.retained.from} AS ${RETAINED} WHERE ${isSameRecord(RETAINED, row.column)} AND ${value} IS NOT NULL)`;
  return `${retained} AND (${columnValue(plan, name, row)}) IS NULL`;
}

/** Condition that a NOT NULL column would be empty; null if it cannot be. */
export function isUnfilled(plan: TablePlan, column: TableColumn, row: Row): string | null {
  const was = columnNamed(plan.base, column.name);
  const canBeEmptied = column.notNull && (!was?.notNull || plan.conversions.has(column.name));
  return canBeEmptied ? `(${columnValue(plan, column.name, row)}) IS NULL` : null;
}

import type { TableColumn } from '@objectstack/spec/system';
import { quote } from '../../../schema/identifier.js';
import { columnNamed, foreignKeyOn } from '../../../schema/table.js';
import { type Conversion, conversionOf } from '../../diff/conversions/conversion-of.js';
import {
  type Filler,
  fillerOf,
  fillOf,
  firstValueOf,
  NO_FILLER,
  presentValue,
} from '../../diff/conversions/filler.js';
import { isSameRecord, RETAINED_UPDATED_AT } from '../table/is-same-record.js';
import { changeTo, isFilled, type TablePlan, UNCONVERTED } from '../table/table-plan.js';

/** A row of a table on its way: how its columns are called just then. */
export interface Row {
  readonly column: (name: string) => string;
  /** What a table that lookups refer to is called just then, in quotes. */
  readonly target: (table: string) => string;
}

/** The columns of a table under their own names. */
export const rowOf = (table: string, target: Row['target'] = quote): Row => ({
  column: (name) => `${table}.${quote(name)}`,
  target,
});

/** What a stored value becomes; one that does not fit becomes what an empty one begins with. */
function convert(column: string, { value, fits, isNullUnlessFits }: Conversion, { fill }: Filler): string {
  const converted = value(column);
  if (isNullUnlessFits) return fill(converted);
  if (fits) return fill(`CASE WHEN ${column} IS NULL THEN NULL WHEN ${fits(column)} THEN ${converted} END`);
  return fill(converted === column ? column : `CASE WHEN ${column} IS NULL THEN NULL ELSE ${converted} END`);
}

/** Whether there is a record that the value refers to. */
export const referencedRecordExists = (value: string, target: string) =>
  `EXISTS (SELECT 1 FROM ${target} AS _os_target WHERE _os_target.id = ${value})`;

const KEPT = quote('_os_kept');

/** The kept value of the row, in a subquery that may ask for more; nothing where what it refers to is gone. */
function retainedValue(plan: TablePlan, name: string, row: Row, condition = ''): string | null {
  if (!plan.retained?.columns.includes(name)) return null;
  const value = `${KEPT}.${quote(name)}`;
  const target = plan.retained.mayDangle ? foreignKeyOn(plan.after, name)?.table : undefined;
  const exists = target
    ? ` AND (${value} IS NULL OR ${referencedRecordExists(value, row.target(target))})`
    : '';
  return `SELECT ${value} FROM ${plan.retained.from} AS ${KEPT} WHERE ${isSameRecord(KEPT, row.column)}${exists}${condition}`;
}

const isUnwrittenSince = (row: Row) => `${KEPT}.${quote(RETAINED_UPDATED_AT)} IS ${row.column('updated_at')}`;

/** Somebody may have written the very value that a record was filled with, which only the time of the record tells. */
const isStillFilled = (present: string, row: Row) => `${present} IS NOT NULL OR ${isUnwrittenSince(row)}`;

/** Whether a rollback emptied what is filled again; nobody has written the record since. */
function isStillEmpty(plan: TablePlan, name: string, row: Row): string | null {
  const { before, after } = changeTo(plan, name) ?? {};
  const filler = before && after && fillOf(before, after);
  if (!filler || filler.value === 'NULL') return null;
  // Whether a value fits is not asked again: SQLite limits how deep an expression may be.
  const mayHaveGivenUp = plan.conversions.get(name)?.fits !== undefined;
  return mayHaveGivenUp
    ? isUnwrittenSince(row)
    : `(${filler.lacks(row.column(name))} AND ${isUnwrittenSince(row)})`;
}

/** Asks of the kept value whether it is what the column was made from, so that nobody has written it since. */
function isUnchangedSince(plan: TablePlan, name: string, row: Row): string {
  const { before, after } = changeTo(plan, name) ?? {};
  if (!before || !after) return '';
  const filler = fillOf(after, before);
  const wasFilled = filler.value !== 'NULL';
  const forth = conversionOf(after, before) ?? (wasFilled ? UNCONVERTED : null);
  const column = row.column(name);
  const isEmptied = isStillEmpty(plan, name, row);
  if (!forth) return isEmptied ? ` AND ${isEmptied}` : '';
  const value = `${KEPT}.${quote(name)}`;
  const made = convert(value, forth, wasFilled ? filler : fillerOf(before));
  const isStill = wasFilled ? ` AND (${isStillFilled(presentValue(after, value), row)})` : '';
  const isMade = `(${made}) IS ${column}${isStill}`;
  return isEmptied ? ` AND (${isMade} OR ${isEmptied})` : ` AND ${isMade}`;
}

/** Whether the kept value is to come back; null where none is kept. */
function isRestored(plan: TablePlan, name: string, row: Row): string | null {
  const retained = retainedValue(plan, name, row, isUnchangedSince(plan, name, row));
  return retained && `EXISTS (${retained})`;
}

/** What a column will hold, as SQL over a row of the table. */
export function columnValue(plan: TablePlan, name: string, row: Row): string {
  const filler = plan.fillers.get(name) ?? fillerOf(changeTo(plan, name)?.after);
  if (!columnNamed(plan.base, name)) {
    const retained = retainedValue(plan, name, row);
    return retained ? filler.fill(`(${retained})`) : firstValueOf(changeTo(plan, name)?.after);
  }
  const conversion = plan.conversions.get(name);
  const column = row.column(name);
  if (!conversion) return columnNamed(plan.base, name)?.notNull ? column : filler.fill(column);
  const converted = convert(column, conversion, filler);
  const back = isRestored(plan, name, row);
  return back
    ? `CASE WHEN ${back} THEN (${retainedValue(plan, name, row)}) ELSE ${converted} END`
    : converted;
}

/** Whether the record has no value for a column that is filled; null where the column is not. */
export function isFilledUp(plan: TablePlan, name: string, row: Row): string | null {
  if (!isFilled(plan, name)) return null;
  const filler = plan.fillers.get(name);
  const conversion = plan.conversions.get(name);
  return filler && conversion ? filler.lacks(convert(row.column(name), conversion, NO_FILLER)) : 'true';
}

/** Whether the value of a column can become what the field is to hold; null where any can. */
export function columnFits(plan: TablePlan, name: string, row: Row): string | null {
  const fits = plan.conversions.get(name)?.fits;
  if (!fits) return null;
  const column = row.column(name);
  const back = isRestored(plan, name, row);
  return `(${column} IS NULL OR ${back ? `${back} OR ` : ''}(${fits(column)}))`;
}

/**
 * Whether a kept value exists although nothing comes back, because what it refers to is gone; null where none is kept.
 */
export function targetIsMissing(plan: TablePlan, name: string, row: Row): string | null {
  if (!plan.retained?.columns.includes(name) || !foreignKeyOn(plan.after, name)) return null;
  const value = `${KEPT}.${quote(name)}`;
  const retained = `EXISTS (SELECT 1 FROM ${plan.retained.from} AS ${KEPT} WHERE ${isSameRecord(KEPT, row.column)} AND ${value} IS NOT NULL)`;
  return `${retained} AND (${columnValue(plan, name, row)}) IS NULL`;
}

/** Whether the column would be empty where it must not be. */
export function isUnfilled(plan: TablePlan, column: TableColumn, row: Row): string | null {
  const was = columnNamed(plan.base, column.name);
  const canBeEmptied = column.notNull && (!was?.notNull || plan.conversions.has(column.name));
  return canBeEmptied ? `(${columnValue(plan, column.name, row)}) IS NULL` : null;
}

import type { TableColumn } from '@objectstack/spec/system';
import { quote } from '../schema/identifier.js';
import { type Conversion, conversionOf } from './convert-value.js';
import { fillerOf, fillOf, firstValueOf } from './filler.js';
import { isSameRecord, KEPT_UPDATED_AT } from './kept-record.js';
import { changeTo, columnNamed, foreignKeyOn, type TablePlan, UNCONVERTED } from './table-plan.js';

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

const filled = (column: string, filler: string) =>
  filler === 'NULL' ? column : `coalesce(${column}, ${filler})`;

/** What a stored value becomes; one that does not fit becomes what an empty one begins with. */
function convert(column: string, { value, fits, isNullUnlessFits }: Conversion, filler: string): string {
  if (isNullUnlessFits) return filled(value(column), filler);
  if (!fits)
    return value(column) === column
      ? filled(column, filler)
      : `CASE WHEN ${column} IS NULL THEN ${filler} ELSE ${value(column)} END`;
  // An empty list becomes no value, and is filled like one.
  return `CASE WHEN ${column} IS NULL THEN ${filler} WHEN ${fits(column)} THEN ${filled(value(column), filler)} ELSE ${filler} END`;
}

/** Whether there is a record that the value refers to. */
export const refersToOne = (value: string, target: string) =>
  `EXISTS (SELECT 1 FROM ${target} AS _os_target WHERE _os_target.id = ${value})`;

const KEPT = quote('_os_kept');

/** The kept value of the row, in a subquery that may ask for more; nothing where what it refers to is gone. */
function keptValue(plan: TablePlan, name: string, row: Row, condition = ''): string | null {
  if (!plan.kept?.columns.includes(name)) return null;
  const value = `${KEPT}.${quote(name)}`;
  const target = plan.kept.mayDangle ? foreignKeyOn(plan.after, name)?.table : undefined;
  const exists = target ? ` AND (${value} IS NULL OR ${refersToOne(value, row.target(target))})` : '';
  return `SELECT ${value} FROM ${plan.kept.from} AS ${KEPT} WHERE ${isSameRecord(KEPT, row.column)}${exists}${condition}`;
}

/** Somebody may have written the very value that a record was filled with, which only the time of the record tells. */
const isFilledStill = (value: string, row: Row) =>
  `${value} IS NOT NULL OR ${KEPT}.${quote(KEPT_UPDATED_AT)} IS ${row.column('updated_at')}`;

/** Asks of the kept value whether it is what the column was made from, so that nobody has written it since. */
function isUntouched(plan: TablePlan, name: string, row: Row): string {
  const { before, after } = changeTo(plan, name) ?? {};
  if (!before || !after) return '';
  const fill = fillOf(after, before);
  const forth = conversionOf(after, before) ?? (fill === 'NULL' ? null : UNCONVERTED);
  if (!forth) return '';
  const value = `${KEPT}.${quote(name)}`;
  const made = convert(value, forth, fill === 'NULL' ? fillerOf(before) : fill);
  return ` AND (${made}) IS ${row.column(name)}${fill === 'NULL' || forth.fits ? '' : ` AND (${isFilledStill(value, row)})`}`;
}

/** Whether the kept value is to come back; null where none is kept. */
function comesBack(plan: TablePlan, name: string, row: Row): string | null {
  const kept = keptValue(plan, name, row, isUntouched(plan, name, row));
  return kept && `EXISTS (${kept})`;
}

/** What a column will hold, as SQL over a row of the table. */
export function columnValue(plan: TablePlan, name: string, row: Row): string {
  const filler = plan.fillers.get(name) ?? fillerOf(changeTo(plan, name)?.after);
  if (!columnNamed(plan.base, name)) {
    const kept = keptValue(plan, name, row);
    return kept ? `coalesce((${kept}), ${filler})` : firstValueOf(changeTo(plan, name)?.after);
  }
  const conversion = plan.conversions.get(name);
  const column = row.column(name);
  if (!conversion) return columnNamed(plan.base, name)?.notNull ? column : filled(column, filler);
  const converted = convert(column, conversion, filler);
  const back = comesBack(plan, name, row);
  return back ? `CASE WHEN ${back} THEN (${keptValue(plan, name, row)}) ELSE ${converted} END` : converted;
}

/** Whether the value of a column can become what the field is to hold; null where any can. */
export function columnFits(plan: TablePlan, name: string, row: Row): string | null {
  const fits = plan.conversions.get(name)?.fits;
  if (!fits) return null;
  const column = row.column(name);
  const back = comesBack(plan, name, row);
  return `(${column} IS NULL OR ${back ? `${back} OR ` : ''}(${fits(column)}))`;
}

/** Whether a kept value exists although nothing comes back, because what it refers to is gone; null where none is kept. */
export function targetIsGone(plan: TablePlan, name: string, row: Row): string | null {
  if (!plan.kept?.columns.includes(name) || !foreignKeyOn(plan.after, name)) return null;
  const value = `${KEPT}.${quote(name)}`;
  const kept = `EXISTS (SELECT 1 FROM ${plan.kept.from} AS ${KEPT} WHERE ${isSameRecord(KEPT, row.column)} AND ${value} IS NOT NULL)`;
  return `${kept} AND (${columnValue(plan, name, row)}) IS NULL`;
}

/** Whether the column would be empty where it must not be. */
export function isUnfilled(plan: TablePlan, column: TableColumn, row: Row): string | null {
  const was = columnNamed(plan.base, column.name);
  const canBeEmptied = column.notNull && (!was?.notNull || plan.conversions.has(column.name));
  return canBeEmptied ? `(${columnValue(plan, column.name, row)}) IS NULL` : null;
}

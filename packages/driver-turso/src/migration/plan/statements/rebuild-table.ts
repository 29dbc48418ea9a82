import type { PlannedSql, Table, TableColumn } from '@objectstack/spec/system';
import { createTableSql } from '../../../schema/create-table-sql.js';
import { quote } from '../../../schema/quote.js';
import { AUTOINCREMENT_KEY } from '../../../schema/table-of.js';
import { carryAssignedIds, hasAutoincrement } from '../draft/carry-assigned-ids.js';
import { plain } from '../draft/draft.js';
import { rowidOf } from '../table/rowid-of.js';
import type { TablePlan } from '../table/table-plan.js';
import { type Row, rowOf, writtenValue } from '../values/column-value.js';
import { TEMPORARY } from './rename-steps.js';

const SOURCE = quote('_os_source');
const ROW = quote('_os_row');
const isStored = ({ generated }: TableColumn) => !generated;

/** A table, the table that replaces it, and the values of its columns. */
export interface TableRebuild {
  /** The table with the names that its columns have afterwards. */
  readonly base: Table;
  readonly after: Table;
  /** SQL of the value of a column, read from a row of the old table. */
  readonly value: (name: string, row: Row) => string;
}

function copyRows({ after, value }: TableRebuild, copy: string): string {
  const target = (table: string) => (table === after.name ? copy : quote(table));
  const columns = after.columns.filter(isStored);
  const values = columns.map(({ name }) => value(name, rowOf(SOURCE, target)));
  const names = columns.map(({ name }) => quote(name));
  return `INSERT INTO ${quote(after.name)} (${[rowidOf(after), ...names].join(', ')}) SELECT ${[`${SOURCE}.${ROW}`, ...values].join(', ')} FROM ${copy} AS ${SOURCE}`;
}

/**
 * Statements that rebuild a table with its records and row ids. The old table is copied and dropped before the new
 * one is created under its name, so that views and triggers of other tables are not affected. Foreign keys must be
 * disabled.
 */
export function replaceTable(rebuild: TableRebuild): PlannedSql[] {
  const { base, after } = rebuild;
  const table = quote(after.name);
  const copy = quote(`${TEMPORARY}${after.name}`);
  const columns = base.columns.filter(isStored).map(({ name }) => quote(name));
  const values = [`${SOURCE}.${rowidOf(base)}`, ...columns.map((name) => `${SOURCE}.${name}`)];
  const name = `${TEMPORARY}${after.name}`;
  const isNumbered = hasAutoincrement(base) && hasAutoincrement(after);
  const row = isNumbered ? `${ROW} ${AUTOINCREMENT_KEY}` : ROW;
  const carry = (from: string, to: string) => (isNumbered ? carryAssignedIds(from, to).map(plain) : []);
  return [
    plain(`CREATE TABLE ${copy} (${[row, ...columns].join(', ')})`),
    plain(`INSERT INTO ${copy} SELECT ${values.join(', ')} FROM ${table} AS ${SOURCE}`),
    ...carry(after.name, name),
    plain(`DROP TABLE ${table}`),
    plain(createTableSql(after)),
    plain(copyRows(rebuild, copy)),
    ...carry(name, after.name),
    plain(`DROP TABLE ${copy}`),
    ...after.triggers.map(({ sql }) => plain(sql)),
  ];
}

/** Statements that rebuild the table of a plan with the values after the migration. */
export const rebuildTable = (plan: TablePlan): PlannedSql[] =>
  replaceTable({ base: plan.base, after: plan.after, value: (name, row) => writtenValue(plan, name, row) });

import type { PlannedSql, TableColumn } from '@objectstack/spec/system';
import { createTableSql } from '../../../schema/create-table-sql.js';
import { quote } from '../../../schema/quote.js';
import { plain } from '../draft/draft.js';
import { rowidOf } from '../table/rowid-of.js';
import type { TablePlan } from '../table/table-plan.js';
import { columnValue, rowOf } from '../values/column-value.js';
import { TEMPORARY } from './rename-steps.js';

const SOURCE = quote('_os_source');
const ROW = quote('_os_row');
const isStored = ({ generated }: TableColumn) => !generated;

function copyRows(plan: TablePlan, copy: string): string {
  const { after } = plan;
  const target = (table: string) => (table === after.name ? copy : quote(table));
  const columns = after.columns.filter(isStored);
  const values = columns.map(({ name }) => columnValue(plan, name, rowOf(SOURCE, target)));
  const names = columns.map(({ name }) => quote(name));
  return `INSERT INTO ${quote(after.name)} (${[rowidOf(after), ...names].join(', ')}) SELECT ${[`${SOURCE}.${ROW}`, ...values].join(', ')} FROM ${copy} AS ${SOURCE}`;
}

/**
 * Statements that rebuild the table with its records and row ids. The old table is copied and dropped before the new
 * one is created under its name, so that views and triggers of other tables are not affected. Foreign keys must be
 * disabled.
 */
export function rebuildTable(plan: TablePlan): PlannedSql[] {
  const { base, after } = plan;
  const table = quote(after.name);
  const copy = quote(`${TEMPORARY}${after.name}`);
  const columns = base.columns.filter(isStored).map(({ name }) => quote(name));
  const values = [`${SOURCE}.${rowidOf(base)}`, ...columns.map((name) => `${SOURCE}.${name}`)];
  return [
    plain(`CREATE TABLE ${copy} (${[ROW, ...columns].join(', ')})`),
    plain(`INSERT INTO ${copy} SELECT ${values.join(', ')} FROM ${table} AS ${SOURCE}`),
    plain(`DROP TABLE ${table}`),
    plain(createTableSql(after)),
    plain(copyRows(plan, copy)),
    plain(`DROP TABLE ${copy}`),
    ...after.triggers.map(({ sql }) => plain(sql)),
  ];
}

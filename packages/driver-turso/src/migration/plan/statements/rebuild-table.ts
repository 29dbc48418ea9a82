import type { PlannedSql, TableColumn } from '@objectstack/spec/system';
import { createTableSql } from '../../../schema/ddl.js';
import { quote } from '../../../schema/identifier.js';
import { plain } from '../draft/draft.js';
import { rowidOf } from '../table/rowid-of.js';
import type { TablePlan } from '../table/table-plan.js';
import { columnValue, rowOf } from '../values/column-value.js';
import { TEMPORARY } from './rename-steps.js';

const SOURCE = quote('_os_source');
const ROW = quote('_os_row');
const isStored = ({ generated }: TableColumn) => !generated;

function copyRows(plan: TablePlan, aside: string): string {
  const { after } = plan;
  const target = (table: string) => (table === after.name ? aside : quote(table));
  const columns = after.columns.filter(isStored);
  const values = columns.map(({ name }) => columnValue(plan, name, rowOf(SOURCE, target)));
  const names = columns.map(({ name }) => quote(name));
  return `INSERT INTO ${quote(after.name)} (${[rowidOf(after), ...names].join(', ')}) SELECT ${[`${SOURCE}.${ROW}`, ...values].join(', ')} FROM ${aside} AS ${SOURCE}`;
}

/**
 * Statements that make the table anew with its records and row ids. The old one is copied aside and dropped before the
 * new one takes its name, so views and the triggers of other tables notice nothing. Foreign keys must be off.
 */
export function rebuildTable(plan: TablePlan): PlannedSql[] {
  const { base, after } = plan;
  const table = quote(after.name);
  const aside = quote(`${TEMPORARY}${after.name}`);
  const columns = base.columns.filter(isStored).map(({ name }) => quote(name));
  const values = [`${SOURCE}.${rowidOf(base)}`, ...columns.map((name) => `${SOURCE}.${name}`)];
  return [
    plain(`CREATE TABLE ${aside} (${[ROW, ...columns].join(', ')})`),
    plain(`INSERT INTO ${aside} SELECT ${values.join(', ')} FROM ${table} AS ${SOURCE}`),
    plain(`DROP TABLE ${table}`),
    plain(createTableSql(after)),
    plain(copyRows(plan, aside)),
    plain(`DROP TABLE ${aside}`),
    ...after.triggers.map(({ sql }) => plain(sql)),
  ];
}

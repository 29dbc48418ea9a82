import { defaultValueOf, encodeValue, isDefaultToken, storageOf } from '@objectstack/spec/data';
import type { PlannedSql, SqlArgument, Table, TableColumn } from '@objectstack/spec/system';
import { createTableSql } from '../schema/ddl.js';
import { quote } from '../schema/identifier.js';
import type { Conversion } from './convert-value.js';
import { TEMPORARY } from './rename-steps.js';
import { columnNamed, type TablePlan } from './table-plan.js';

const SOURCE = quote('_os_source');
const ROW = quote('_os_row');
const ROWID_NAMES = ['rowid', 'oid', '_rowid_'];

type Rebuild = Pick<TablePlan, 'base' | 'after' | 'conversions' | 'fields'>;

/** The name under which the table shows its row ids: a column of that name would hide them. */
function rowidOf(table: Table): string {
  const names = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  return ROWID_NAMES.find((name) => !names.has(name)) ?? 'rowid';
}

const isStored = ({ generated }: TableColumn) => !generated;

function converted(column: string, conversion: Conversion | undefined): string {
  if (!conversion) return column;
  const value = conversion.value(column);
  return value === column ? column : `CASE WHEN ${column} IS NULL THEN NULL ELSE ${value} END`;
}

/** What a new column that must not be empty begins with: the field's default, if that is the same for every record. */
export function fillerOf(fields: TablePlan['fields'], column: TableColumn): SqlArgument {
  const field = fields.find((change) => change.field === column.name)?.after;
  if (!column.notNull || !field) return null;
  if (isDefaultToken(field, field.defaultValue)) return null;
  const literal = defaultValueOf(field, { now: '', actor: undefined });
  const encoded = encodeValue(storageOf(field).encoding, literal ?? null);
  const value = 'rule' in encoded ? null : encoded.value;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

function copyBack({ base, after, conversions, fields }: Rebuild, aside: string): PlannedSql {
  const args: SqlArgument[] = [];
  const columns = after.columns.filter(isStored);
  const values = columns.map((column) => {
    if (columnNamed(base, column.name))
      return converted(`${SOURCE}.${quote(column.name)}`, conversions.get(column.name));
    args.push(fillerOf(fields, column));
    return '?';
  });
  const names = columns.map(({ name }) => quote(name));
  return {
    sql: `INSERT INTO ${quote(after.name)} (${[rowidOf(after), ...names].join(', ')}) SELECT ${[`${SOURCE}.${ROW}`, ...values].join(', ')} FROM ${aside} AS ${SOURCE}`,
    args,
  };
}

/**
 * Statements that make the table anew with its records and row ids. The old one is copied aside and dropped before the
 * new one takes its name, so views and the triggers of other tables notice nothing. Foreign keys must be off.
 */
export function rebuildTable(rebuild: Rebuild): PlannedSql[] {
  const { base, after } = rebuild;
  const table = quote(after.name);
  const aside = quote(`${TEMPORARY}${after.name}`);
  const columns = base.columns.filter(isStored).map(({ name }) => `${SOURCE}.${quote(name)}`);
  const plain = (sql: string): PlannedSql => ({ sql, args: [] });
  return [
    plain(
      `CREATE TABLE ${aside} AS SELECT ${[`${SOURCE}.${rowidOf(base)} AS ${ROW}`, ...columns].join(', ')} FROM ${table} AS ${SOURCE}`,
    ),
    plain(`DROP TABLE ${table}`),
    plain(createTableSql(after)),
    copyBack(rebuild, aside),
    plain(`DROP TABLE ${aside}`),
    ...after.triggers.map(({ sql }) => plain(sql)),
  ];
}

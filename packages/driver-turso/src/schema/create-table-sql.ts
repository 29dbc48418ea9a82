import type { Table, TableColumn, TableForeignKey, TableIndex } from '@objectstack/spec/system';
import { columnNamed } from './column-named.js';
import { memoizeFrozen } from './freeze-deeply.js';
import { quote } from './quote.js';
import { SYSTEM_COLUMNS } from './table-of.js';

function referencesSql(key: TableForeignKey | undefined): string {
  if (!key) return '';
  const target = `${quote(key.table)}(${key.references.map(quote).join(', ')})`;
  return ` REFERENCES ${target} ON DELETE ${key.onDelete} DEFERRABLE INITIALLY DEFERRED`;
}

/** A column definition for CREATE TABLE and ADD COLUMN. It includes the foreign key, so that both can add one. */
export function columnSql(column: TableColumn, foreignKey?: TableForeignKey): string {
  if (column.definition !== null) return `${quote(column.name)} ${column.definition}`;
  const notNull = column.notNull ? ' NOT NULL' : '';
  const primaryKey = column.primaryKey > 0 ? ' PRIMARY KEY' : '';
  const byDefault = column.defaultValue === null ? '' : ` DEFAULT (${column.defaultValue})`;
  return `${quote(column.name)} ${column.type}${notNull}${primaryKey}${byDefault}${referencesSql(foreignKey)}`;
}

function foreignKeyOfColumn(table: Table, column: string): TableForeignKey | undefined {
  return table.foreignKeys.find((key) => key.columns.length === 1 && key.columns[0] === column);
}

/** CREATE TABLE statement. Equal tables have equal text: system columns first, the others by name. */
export const createTableSql = memoizeFrozen((table: Table): string => {
  if (table.sql !== null) return table.sql;
  const system = SYSTEM_COLUMNS.map((column) => columnNamed(table, column.name) ?? column);
  const columns = [...system, ...table.columns.filter((column) => !system.includes(column))];
  const lines = columns.map((column) => columnSql(column, foreignKeyOfColumn(table, column.name)));
  const options = table.strict ? ' STRICT' : '';
  return `CREATE TABLE ${quote(table.name)} (${[...lines, ...(table.constraints ?? [])].join(', ')})${options}`;
});

export function createIndexSql(table: string, index: TableIndex): string {
  if (index.sql !== null) return index.sql;
  const columns = index.columns.map(({ name, collation, descending }) => {
    const collate = collation === 'BINARY' ? '' : ` COLLATE ${collation}`;
    return `${quote(name ?? '')}${collate}${descending ? ' DESC' : ''}`;
  });
  const unique = index.unique ? 'UNIQUE ' : '';
  const where = index.where === null ? '' : ` WHERE ${index.where}`;
  return `CREATE ${unique}INDEX ${quote(index.name)} ON ${quote(table)} (${columns.join(', ')})${where}`;
}

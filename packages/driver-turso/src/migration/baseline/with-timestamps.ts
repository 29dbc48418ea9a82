import type { Table, TableColumn } from '@objectstack/spec/system';
import { quote } from '../../schema/quote.js';
import { normalizedName } from './normalized-name.js';

/** Timestamp of records that were created before their database was adopted, if it recorded none. */
const UNKNOWN_TIME = "'1970-01-01T00:00:00.000Z'";

const NAMES = ['created_at', 'updated_at'];

const timestamp = (name: string): TableColumn => ({
  name,
  type: 'TEXT',
  notNull: true,
  defaultValue: UNKNOWN_TIME,
  primaryKey: 0,
  generated: false,
  definition: null,
});

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** Timestamp columns that the table lacks, and the table with them. */
export function withTimestamps(table: Table): { readonly table: Table; readonly added: readonly string[] } {
  // A column such as createdAt has the values already, and is to be renamed.
  const taken = new Set(table.columns.map(({ name }) => normalizedName(name)));
  const added = NAMES.filter((name) => !taken.has(normalizedName(name)));
  if (added.length === 0) return { table, added };
  const columns = [...table.columns, ...added.map(timestamp)].sort(byName);
  return { table: { ...table, columns }, added };
}

/** The statement that adds a timestamp column. It has a constant default, so that SQLite changes no row. */
export const addTimestampSql = (table: string, name: string): string =>
  `ALTER TABLE ${quote(table)} ADD COLUMN ${quote(name)} TEXT NOT NULL DEFAULT ${UNKNOWN_TIME}`;

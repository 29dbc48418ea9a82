import type { SqlValue } from '@objectstack/spec/contracts';

/** Row id and values of a row; a value is shown with its storage class. */
export interface TableRow {
  readonly row: number;
  readonly values: Readonly<Record<string, string>>;
}
export type RowsByTable = Readonly<Record<string, readonly TableRow[]>>;
type Query = (sql: string) => Promise<readonly Readonly<Record<string, SqlValue>>[]>;

const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
const storedValue = (column: string) => `typeof(${quote(column)}) || ' ' || quote(${quote(column)})`;

async function rowsOfTable(query: Query, table: string): Promise<TableRow[]> {
  const columns = (await query(`SELECT name FROM pragma_table_xinfo('${table}')`)).map(({ name }) =>
    String(name),
  );
  const shown = columns.map((column) => `${storedValue(column)} AS ${quote(column)}`);
  const rows = await query(
    `SELECT ${['CAST(_rowid_ AS TEXT) AS _suite_row', ...shown].join(', ')} FROM ${quote(table)} ORDER BY _rowid_`,
  );
  return rows.map(({ _suite_row, ...values }) => ({
    row: Number(_suite_row),
    values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
  }));
}

/** The rows of tables with row ids, as stored. */
export async function rowsOf(query: Query, tables: readonly string[]): Promise<RowsByTable> {
  const rows: [string, TableRow[]][] = [];
  for (const table of tables) rows.push([table, await rowsOfTable(query, table)]);
  return Object.fromEntries(rows);
}

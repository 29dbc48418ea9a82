import type { RunSql } from './run-sql.js';

/** Of a table, by name of the column, whether its values are stored as given rather than generated. */
export type Columns = ReadonlyMap<string, boolean>;

const COLUMNS = 'SELECT name, hidden FROM temp.pragma_table_xinfo(?)';

/** The columns of tables, each table read once; none of a table that does not exist. */
export function columnsReader(sql: RunSql): (table: string) => Promise<Columns> {
  const known = new Map<string, Columns>();
  return async (table) => {
    const columns =
      known.get(table) ??
      new Map((await sql(COLUMNS, [table])).rows.map(({ name, hidden }) => [String(name), hidden === 0]));
    known.set(table, columns);
    return columns;
  };
}

import type { SqlValue } from '@objectstack/spec/contracts';
import { quote, type RunSql } from '../seed/run-sql.js';
import type { ArchivedRows } from './archived-rows.js';
import type { RetainedAppData } from './tenant-layers.js';

/** Rows to restore, as a subquery with its bound values. */
export interface DataSource {
  readonly columns: readonly string[];
  readonly rows: string;
  readonly args: readonly SqlValue[];
}

/** Column of retained values with the creation time of their record. Archives that an earlier version wrote have none. */
export const RETAINED_CREATED_AT = '_os_created_at';

/** SQLite permits 32,766 bound values in a statement. */
const MOST_VALUES = 2_000;

export async function columnsOf(sql: RunSql, table: string): Promise<string[]> {
  const { rows } = await sql('SELECT name FROM pragma_table_info(?)', [table]);
  return rows.map(({ name }) => String(name));
}

/** The values are named by the columns, in groups that fit into one statement. */
function* valuesOf({ columns, rows }: ArchivedRows): Generator<DataSource> {
  const group = Math.max(1, Math.floor(MOST_VALUES / columns.length));
  const names = columns.map((name, index) => `column${index + 1} AS ${quote(name)}`).join(', ');
  const row = `(${columns.map(() => '?').join(', ')})`;
  for (let start = 0; start < rows.length; start += group) {
    const part = rows.slice(start, start + group);
    const values = part.map(() => row).join(', ');
    yield { columns, rows: `(SELECT ${names} FROM (VALUES ${values}))`, args: part.flat() };
  }
}

/** Where retained data is: in the rows of an archive if they are given, otherwise in its table. */
export async function sourcesOf(
  sql: RunSql,
  { table }: RetainedAppData,
  archived: readonly ArchivedRows[] | undefined,
): Promise<DataSource[]> {
  if (archived) return archived.flatMap((rows) => [...valuesOf(rows)]);
  const columns = await columnsOf(sql, table);
  return [{ columns, rows: `(SELECT * FROM ${quote(table)} ORDER BY rowid)`, args: [] }];
}

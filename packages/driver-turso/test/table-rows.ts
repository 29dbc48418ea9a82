import type { ObjectDefinition } from '@objectstack/spec/data';
import { stranger } from './database.js';

export type Rows = Record<string, { rowid: number; id: string; values: Record<string, string> }[]>;

/** Every value with its storage class, by table. */
export async function rowsOf(
  path: string,
  objects: readonly Pick<ObjectDefinition, 'name'>[],
): Promise<Rows> {
  const client = stranger(path);
  const rows: Rows = {};
  for (const { name } of objects) {
    const columns = await client.execute({ sql: 'SELECT name FROM pragma_table_xinfo(?)', args: [name] });
    const names = columns.rows.map((row) => String(row[0]));
    const shown = names.map(
      (column) =>
        `json_array(typeof("${column}"), iif(typeof("${column}") = 'blob', hex("${column}"), "${column}"))`,
    );
    const result = await client.execute(
      `SELECT _rowid_, "id", ${shown.join(', ')} FROM "${name}" ORDER BY _rowid_`,
    );
    rows[name] = result.rows.map((row) => ({
      rowid: Number(row[0]),
      id: String(row[1]),
      values: Object.fromEntries(names.map((column, index) => [column, String(row[index + 2])])),
    }));
  }
  return rows;
}

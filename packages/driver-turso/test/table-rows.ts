import type { ObjectDefinition } from '@objectstack/spec/data';
import { directClient } from './database.js';
import type { Read } from './subject.js';

export type Rows = Record<string, { rowid: number; id: string; values: Record<string, string> }[]>;

/** Every value with its storage class, by table. */
export async function rowsBy(read: Read, objects: readonly Pick<ObjectDefinition, 'name'>[]): Promise<Rows> {
  const rows: Rows = {};
  for (const { name } of objects) {
    const columns = await read('SELECT name FROM pragma_table_xinfo(?)', [name]);
    const names = columns.map((row) => String(row.name));
    const shown = names.map(
      (column, index) =>
        `json_array(typeof("${column}"), iif(typeof("${column}") = 'blob', hex("${column}"), "${column}")) AS c${index}`,
    );
    const found = await read(
      `SELECT _rowid_ AS row, "id" AS key, ${shown.join(', ')} FROM "${name}" ORDER BY _rowid_`,
    );
    rows[name] = found.map((row) => ({
      rowid: Number(row.row),
      id: String(row.key),
      values: Object.fromEntries(names.map((column, index) => [column, String(row[`c${index}`])])),
    }));
  }
  return rows;
}

/** The same, of a file. */
export function rowsOf(path: string, objects: readonly Pick<ObjectDefinition, 'name'>[]): Promise<Rows> {
  const client = directClient(path);
  return rowsBy(async (sql, args = []) => (await client.execute({ sql, args })).rows, objects);
}

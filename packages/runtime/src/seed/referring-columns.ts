// Values that refer to records by their ids: a column as a whole, or within a list or another JSON value. Conditions over
// many columns are joined as a balanced tree, because SQLite limits the depth of an expression.

import { quote, type RunSql } from './run-sql.js';

const COLUMNS = `SELECT m.name AS "table", c.name AS "column" FROM sqlite_schema AS m
  JOIN temp.pragma_table_info(m.name) AS c
  WHERE m.type = 'table' AND m.name NOT LIKE '\\_os\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  AND NOT (m.name = ? AND c.name = 'id') ORDER BY m.name, c.cid`;

/** Columns by table that may refer to records of an object. */
export async function referringColumns(sql: RunSql, object: string): Promise<Map<string, string[]>> {
  const { rows } = await sql(COLUMNS, [object]);
  const tables = new Map<string, string[]>();
  for (const { table, column } of rows) {
    const columns = tables.get(String(table));
    if (columns) columns.push(String(column));
    else tables.set(String(table), [String(column)]);
  }
  return tables;
}

function joined(operator: 'AND' | 'OR', conditions: readonly string[]): string {
  if (conditions.length < 2) return conditions[0] ?? '1';
  const half = Math.ceil(conditions.length / 2);
  return `(${joined(operator, conditions.slice(0, half))} ${operator} ${joined(operator, conditions.slice(half))})`;
}

const refers = (column: string, id: string) =>
  `${column} = ${id} OR (substr(${column}, 1, 1) IN ('[', '{') AND instr(${column}, ${id}) > 0)`;

/** The condition that no column refers to one of the ids in a table `ids`. */
export function notReferredTo(tables: ReadonlyMap<string, readonly string[]>): string {
  const conditions = [...tables].map(([table, columns]) => {
    const each = columns.map((column) => `(${refers(`t.${quote(column)}`, 'ids.id')})`);
    return `NOT EXISTS (SELECT 1 FROM ${quote(table)} AS t, ids WHERE ${joined('OR', each)})`;
  });
  return joined('AND', conditions);
}

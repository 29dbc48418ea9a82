// A record that a seed removed cannot be restored beside a record with the same unique values. Where the seeds of the same
// deployment created that record, and it was neither changed nor referenced since, it is deleted. All of this is decided by the
// statement that deletes, because it is repeated in the transaction of the rollback. A unique index over an expression or
// over some rows only is not evaluated here: nothing is deleted then.

import type { SqlValue } from '@objectstack/spec/contracts';
import { quote, type RunSql } from './run-sql.js';
import { forgetCreated } from './seed-records.js';

const UNIQUE_INDEXES = `SELECT l.name AS "index", l.partial, x.name AS "column", x.coll
  FROM temp.pragma_index_list(?) AS l JOIN temp.pragma_index_xinfo(l.name) AS x
  WHERE l."unique" = 1 AND x.key = 1 ORDER BY l.seq, x.seqno`;
const COLUMNS = `SELECT m.name AS "table", c.name AS "column" FROM sqlite_schema AS m
  JOIN temp.pragma_table_info(m.name) AS c
  WHERE m.type = 'table' AND m.name NOT LIKE '\\_os\\_%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  AND NOT (m.name = ? AND c.name = 'id') ORDER BY m.name, c.cid`;

type Row = Readonly<Record<string, SqlValue>>;

/** Ids of the records with the unique values of the row; undefined where that cannot be decided. */
async function blockersOf(sql: RunSql, object: string, row: Row): Promise<string[] | undefined> {
  const { rows } = await sql(UNIQUE_INDEXES, [object]);
  if (rows.some(({ partial, column }) => partial === 1 || column === null)) return undefined;
  const ids = new Set<string>();
  for (const index of new Set(rows.map((part) => part.index))) {
    const parts = rows.filter((part) => part.index === index);
    const same = parts.map(
      ({ column, coll }) => `${quote(String(column))} = ? COLLATE ${quote(String(coll))}`,
    );
    const values = parts.map(({ column }) => row[String(column)] ?? null);
    const found = await sql(`SELECT id FROM ${quote(object)} WHERE ${same.join(' AND ')}`, values);
    for (const { id } of found.rows) ids.add(String(id));
  }
  return [...ids];
}

/** Whether a column refers to one of the ids: as a whole, or within a list or another JSON value. */
const refers = (table: string, column: string) => `EXISTS (SELECT 1 FROM ${quote(table)} AS t, ids
  WHERE t.${quote(column)} = ids.id
  OR (substr(t.${quote(column)}, 1, 1) IN ('[', '{') AND instr(t.${quote(column)}, ids.id) > 0))`;

/** Deletes what is in the way of the row, all or nothing; returns whether it did. */
export async function giveWay(
  sql: RunSql,
  { object, deployment, row }: { object: string; deployment: string; row: Row },
): Promise<boolean> {
  const ids = await blockersOf(sql, object, row);
  if (!ids?.length) return false;
  const { rows: columns } = await sql(COLUMNS, [object]);
  const untouched = `(SELECT count(*) FROM ids JOIN ${quote(object)} AS o ON o.id = ids.id
    JOIN _os_seed_record AS r ON r.object = ? AND r.record = o.id AND r.deployment = ?
    AND r.created_at = o.created_at AND r.updated_at = o.updated_at
    WHERE NOT EXISTS (SELECT 1 FROM _os_seed_kept AS k
      WHERE k.object = r.object AND k.record = o.id AND k.deployment = r.deployment AND k.kind = 'updated'))`;
  const references = columns.map(({ table, column }) => `NOT ${refers(String(table), String(column))}`);
  const { rowsAffected } = await sql(
    `WITH ids AS MATERIALIZED (SELECT value AS id FROM temp.json_each(?))
    DELETE FROM ${quote(object)} WHERE id IN (SELECT id FROM ids) AND ${untouched} = ?
    ${references.map((each) => `AND ${each}`).join(' ')}`,
    [JSON.stringify(ids), object, deployment, ids.length],
  );
  if (rowsAffected === 0) return false;
  await forgetCreated(sql, object, ids);
  return true;
}

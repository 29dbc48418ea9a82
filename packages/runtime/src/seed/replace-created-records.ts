// A record that a seed removed cannot be restored beside a record with the same unique values. Where the seeds of the same
// deployment created that record, and it was neither changed nor referenced since, it is deleted, or overwritten if it has the
// same id. Lookups that the rollback of the schema removes are redirected to the restored record. All of this is
// decided by the statement that deletes or overwrites, because it is repeated in the transaction of the rollback, and it
// changes no other row through a foreign key. A unique index over an expression or over some rows only is not evaluated here:
// nothing is deleted then.

import type { SqlValue } from '@objectstack/spec/contracts';
import { type ForeignKey, keysToValues } from './foreign-keys.js';
import { notReferredTo } from './not-referred-to.js';
import { redirectReferences } from './redirect-references.js';
import type { ReferenceSchema } from './reference-schema.js';
import { quote, type RunSql } from './run-sql.js';
import { forgetCreated } from './seed-records.js';

const UNIQUE_INDEXES = `SELECT l.name AS "index", l.partial, x.name AS "column", x.coll
  FROM temp.pragma_index_list(?) AS l JOIN temp.pragma_index_xinfo(l.name) AS x
  WHERE l."unique" = 1 AND x.key = 1 ORDER BY l.seq, x.seqno`;

type Row = Readonly<Record<string, SqlValue>>;

export interface RestoredRow {
  readonly object: string;
  readonly deployment: string;
  readonly row: Row;
  readonly schema: ReferenceSchema;
  /** The foreign keys of the database. */
  readonly keys: readonly ForeignKey[];
}

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
    const found = await sql(
      `SELECT CAST(id AS TEXT) AS id FROM ${quote(object)} WHERE ${same.join(' AND ')}`,
      values,
    );
    for (const { id } of found.rows) ids.add(String(id));
  }
  return [...ids];
}

/** How many of the ids are of records that seeds of the deployment created, and that were not changed since. */
const untouched = (object: string) => `(SELECT count(*) FROM ids JOIN ${quote(object)} AS o ON o.id = ids.id
  JOIN _os_seed_record AS r ON r.object = ? AND r.record = CAST(o.id AS TEXT) AND r.deployment = ?
  AND r.created_at = o.created_at AND r.updated_at = o.updated_at
  WHERE NOT EXISTS (SELECT 1 FROM _os_seed_kept AS k
    WHERE k.object = r.object AND k.record = CAST(o.id AS TEXT) AND k.deployment = r.deployment AND k.kind = 'updated'
    AND json_extract(k.content, '$.origin.writtenAt') IS NOT json_extract(k.content, '$.row.updated_at')))`;

/**
 * Deletes the records with the unique values of the row, all or none of them, or overwrites the one with its id. Returns
 * null if it changed nothing.
 */
export async function replaceCreatedRecords(
  sql: RunSql,
  { object, deployment, row, schema, keys }: RestoredRow,
): Promise<'deleted' | 'overwritten' | null> {
  const ids = await blockersOf(sql, object, row);
  if (!ids?.length) return null;
  const own = String(row.id);
  const isSame = ids[0] === own && ids.length === 1;
  if (!isSame && ids.includes(own)) return null;
  const createIds = 'WITH ids AS MATERIALIZED (SELECT value AS id FROM temp.json_each(?))';
  const where = `WHERE id IN (SELECT id FROM ids) AND ${untouched(object)} = ?`;
  const args = [object, deployment, ids.length];
  if (isSame) {
    const names = Object.keys(row).filter((name) => name !== 'id');
    const sets = names.map((name) => `${quote(name)} = ?`);
    const values = names.map((name) => row[name] ?? null);
    // What refers to the record by its id refers to the restored one then.
    const unkeyed = notReferredTo(object, { references: [], keys: keysToValues(keys, object) });
    const { rowsAffected } = await sql(
      `${createIds} UPDATE ${quote(object)} SET ${sets.join(', ')} ${where} AND ${unkeyed}`,
      [JSON.stringify(ids), ...values, ...args],
    );
    if (rowsAffected === 0) return null;
    await forgetCreated(sql, object, ids);
    return 'overwritten';
  }
  const removed = schema.removed.filter(({ target }) => target === object);
  for (const from of ids) await redirectReferences(sql, removed, { from, to: own });
  // Lookups of removed objects were redirected, and foreign keys exist for no other of their columns.
  const others = keys.filter(({ table }) => !schema.removedObjects.has(table));
  const unreferred = notReferredTo(object, { references: schema.remaining, keys: others });
  const { rowsAffected } = await sql(`${createIds} DELETE FROM ${quote(object)} ${where} AND ${unreferred}`, [
    JSON.stringify(ids),
    ...args,
  ]);
  if (rowsAffected === 0) return null;
  await forgetCreated(sql, object, ids);
  return 'deleted';
}

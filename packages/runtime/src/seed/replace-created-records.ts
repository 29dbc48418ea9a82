// A record that a seed removed cannot be restored beside a record with the same unique values. Where the seeds of the same
// deployment created that record, and it was neither changed nor referenced since, it is deleted, or overwritten if it has the
// same id. Lookups that the rollback of the schema removes are redirected to the restored record. All of this is
// decided by the statement that deletes or overwrites, because it is repeated in the transaction of the rollback, and it
// changes no other row through a foreign key. A unique index over an expression or over some rows only is not evaluated here:
// nothing is deleted then.

import type { SqlValue } from '@objectstack/spec/contracts';
import { type ForeignKey, keysToValues } from './foreign-keys.js';
import { redirectReferences } from './redirect-references.js';
import { notReferredTo, referringColumns } from './referring-columns.js';
import type { RemovedSchema } from './removed-schema.js';
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
  readonly removedSchema: RemovedSchema;
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
    const found = await sql(`SELECT id FROM ${quote(object)} WHERE ${same.join(' AND ')}`, values);
    for (const { id } of found.rows) ids.add(String(id));
  }
  return [...ids];
}

/** The condition that no unmanaged row refers to one of the ids by another value than the id. */
const notReferredToByValue = (keys: readonly ForeignKey[], object: string) =>
  keysToValues(keys, object).map(({ table, columns, references }) => {
    const on = columns.map((column, index) => `c.${quote(column)} = p.${quote(references[index] ?? 'id')}`);
    return `AND NOT EXISTS (SELECT 1 FROM ids JOIN ${quote(object)} AS p ON p.id = ids.id
      JOIN ${quote(table)} AS c ON ${on.join(' AND ')})`;
  });

/** How many of the ids are of records that seeds of the deployment created, and that were not changed since. */
const untouched = (object: string) => `(SELECT count(*) FROM ids JOIN ${quote(object)} AS o ON o.id = ids.id
  JOIN _os_seed_record AS r ON r.object = ? AND r.record = o.id AND r.deployment = ?
  AND r.created_at = o.created_at AND r.updated_at = o.updated_at
  WHERE NOT EXISTS (SELECT 1 FROM _os_seed_kept AS k
    WHERE k.object = r.object AND k.record = o.id AND k.deployment = r.deployment AND k.kind = 'updated'
    AND json_extract(k.content, '$.origin.writtenAt') IS NOT json_extract(k.content, '$.row.updated_at')))`;

/**
 * Deletes the records with the unique values of the row, all or none of them, or overwrites the one with its id. Returns
 * null if it changed nothing.
 */
export async function replaceCreatedRecords(
  sql: RunSql,
  { object, deployment, row, removedSchema, keys }: RestoredRow,
): Promise<'deleted' | 'overwritten' | null> {
  const ids = await blockersOf(sql, object, row);
  if (!ids?.length) return null;
  const isSame = ids[0] === row.id && ids.length === 1;
  if (!isSame && ids.some((id) => id === row.id)) return null;
  const createIds = 'WITH ids AS MATERIALIZED (SELECT value AS id FROM temp.json_each(?))';
  const unkeyed = notReferredToByValue(keys, object);
  const where = `WHERE id IN (SELECT id FROM ids) AND ${untouched(object)} = ? ${unkeyed.join(' ')}`;
  const args = [object, deployment, ids.length];
  if (isSame) {
    const names = Object.keys(row).filter((name) => name !== 'id');
    const sets = names.map((name) => `${quote(name)} = ?`);
    const values = names.map((name) => row[name] ?? null);
    const { rowsAffected } = await sql(
      `${createIds} UPDATE ${quote(object)} SET ${sets.join(', ')} ${where}`,
      [JSON.stringify(ids), ...values, ...args],
    );
    if (rowsAffected === 0) return null;
    await forgetCreated(sql, object, ids);
    return 'overwritten';
  }
  const tables = await referringColumns(sql, object);
  // Their lookups are redirected below, and none of their other values is a reference.
  for (const removed of removedSchema.objects) tables.delete(removed);
  const references = removedSchema.references.filter(({ target }) => target === object);
  for (const from of ids) await redirectReferences(sql, references, { from, to: String(row.id) });
  const { rowsAffected } = await sql(
    `${createIds} DELETE FROM ${quote(object)} ${where} AND ${notReferredTo(tables)}`,
    [JSON.stringify(ids), ...args],
  );
  if (rowsAffected === 0) return null;
  await forgetCreated(sql, object, ids);
  return 'deleted';
}

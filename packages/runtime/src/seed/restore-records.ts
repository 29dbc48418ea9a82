// Restores, in one transaction, what the seeds of a deployment removed or overwrote. A record that was written since is
// left as it is: what cannot be restored beside it stays retained until its retention window ends, and is reported.

import type { SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { giveWay } from './give-way.js';
import { type KeptContent, KeptContentSchema, type KeptKind } from './kept-records.js';
import { AMONG, quote, type RunSql } from './run-sql.js';
import { noteCreated } from './seed-records.js';
import { fromStoredRow } from './stored-row.js';

export interface KeptRow {
  readonly id: string;
  readonly deployment: string;
  readonly object: string;
  readonly record: string;
  readonly kind: KeptKind;
  readonly writtenAt: string;
  readonly content: KeptContent;
}

const CONFLICTS: ReadonlySet<string> = new Set([
  'unique_violation',
  'foreign_key_violation',
  'not_null_violation',
]);

/** What the deployment's seeds removed or overwrote and that was not restored yet, targets before the records that refer to them. */
export async function keptRows(sql: RunSql, deployment: string): Promise<KeptRow[]> {
  const { rows } = await sql(
    `SELECT id, object, record, kind, updated_at, content FROM _os_seed_kept
    WHERE deployment = ? AND kind <> 'restored' ORDER BY rowid`,
    [deployment],
  );
  return rows.map(({ id, object, record, kind, updated_at, content }) => ({
    id: String(id),
    deployment,
    object: String(object),
    record: String(record),
    kind: String(kind) as KeptKind,
    writtenAt: String(updated_at),
    content: KeptContentSchema.parse(JSON.parse(String(content))),
  }));
}

/** Whether the statement changed a row; false where what was written since is in its way. */
async function changes(sql: RunSql, statement: string, args: readonly SqlValue[]): Promise<boolean> {
  try {
    return (await sql(statement, args)).rowsAffected > 0;
  } catch (error) {
    if (ObjectStackError.isInstance(error) && CONFLICTS.has(error.code)) return false;
    throw error;
  }
}

async function insertRow(sql: RunSql, { object, deployment, content }: KeptRow): Promise<boolean> {
  const row = fromStoredRow(content.row);
  const names = Object.keys(row);
  const columns = names.map(quote).join(', ');
  const values = names.map(() => '?').join(', ');
  const insert = () =>
    changes(sql, `INSERT INTO ${quote(object)} (${columns}) VALUES (${values})`, Object.values(row));
  return (await insert()) || ((await giveWay(sql, { object, deployment, row })) && (await insert()));
}

function putBackValues(sql: RunSql, { object, record, writtenAt, content }: KeptRow): Promise<boolean> {
  const { id: _id, ...row } = fromStoredRow(content.row);
  const sets = Object.keys(row).map((name) => `${quote(name)} = ?`);
  return changes(sql, `UPDATE ${quote(object)} SET ${sets.join(', ')} WHERE id = ? AND updated_at = ?`, [
    ...Object.values(row),
    record,
    writtenAt,
  ]);
}

function putBackReference(sql: RunSql, { object, record, content }: KeptRow): Promise<boolean> {
  const row = fromStoredRow(content.row);
  const names = Object.keys(row);
  const { object: target = '', columns = [] } = content.target ?? {};
  const isEmpty = names.map((name) => `${quote(name)} IS NULL`).join(' AND ');
  const isThere = columns.map((column) => `${quote(column)} = ?`).join(' AND ');
  return changes(
    sql,
    `UPDATE ${quote(object)} SET ${names.map((name) => `${quote(name)} = ?`).join(', ')}
    WHERE id = ? AND ${isEmpty} AND EXISTS (SELECT 1 FROM ${quote(target)} WHERE ${isThere})`,
    [...Object.values(row), record, ...Object.values(row)],
  );
}

const RESTORE: Record<KeptKind, (sql: RunSql, row: KeptRow) => Promise<boolean>> = {
  removed: insertRow,
  updated: putBackValues,
  reference: putBackReference,
};

/** Removes again what refers to something that did not come back; returns whether there was such a record. */
async function removeDangling(sql: RunSql, object: string, ids: readonly string[]): Promise<boolean> {
  const { rowsAffected } = await sql(
    `DELETE FROM ${quote(object)} WHERE id ${AMONG}
    AND _rowid_ IN (SELECT rowid FROM temp.pragma_foreign_key_check(?))`,
    [JSON.stringify(ids), object],
  );
  return rowsAffected > 0;
}

/** Of the inserted records, those that refer to something that is there. */
async function withoutDangling(sql: RunSql, inserted: readonly KeptRow[]): Promise<KeptRow[]> {
  const objects = [...new Set(inserted.map(({ object }) => object))];
  const idsOf = (name: string) => inserted.flatMap(({ object, record }) => (object === name ? [record] : []));
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const object of objects) isChanged ||= await removeDangling(sql, object, idsOf(object));
  }
  const there = new Set<string>();
  for (const object of objects) {
    const { rows } = await sql(`SELECT id FROM ${quote(object)} WHERE id ${AMONG}`, [
      JSON.stringify(idsOf(object)),
    ]);
    for (const { id } of rows) there.add(`${object}/${id}`);
  }
  return inserted.filter(({ object, record }) => there.has(`${object}/${record}`));
}

/** What is known of the seeds' own records comes back with them. */
async function restoreOrigins(sql: RunSql, rows: readonly KeptRow[]): Promise<void> {
  for (const { object, record, kind, content } of rows) {
    if (!content.origin) continue;
    const { deployment, writtenAt } = content.origin;
    if (kind === 'removed') {
      const created_at = String(content.row.created_at);
      await noteCreated(sql, { object, deployment }, [{ id: record, created_at, updated_at: writtenAt }]);
    } else {
      await sql('UPDATE _os_seed_record SET updated_at = ? WHERE object = ? AND record = ?', [
        writtenAt,
        object,
        record,
      ]);
    }
  }
}

/** Restores the rows; returns those that something written since is in the way of. */
export async function restoreRecords(sql: RunSql, rows: readonly KeptRow[]): Promise<KeptRow[]> {
  const done = new Set<KeptRow>();
  for (const kind of ['removed', 'reference', 'updated'] as const) {
    const changed: KeptRow[] = [];
    for (const row of rows) if (row.kind === kind && (await RESTORE[kind](sql, row))) changed.push(row);
    const restored = kind === 'removed' ? await withoutDangling(sql, changed) : changed;
    for (const row of restored) done.add(row);
  }
  await restoreOrigins(sql, [...done]);
  await sql(`UPDATE _os_seed_kept SET kind = 'restored', content = '{}' WHERE id ${AMONG}`, [
    JSON.stringify([...done].map(({ id }) => id)),
  ]);
  return rows.filter((row) => !done.has(row));
}

// Restored rows whose lookups find nothing, and those that refer to such rows, over any number of levels. Foreign keys of
// objects are checked at the commit, which the transaction of the planning never reaches, so they are queried.

import { type ForeignKey, foreignKeys } from './foreign-keys.js';
import type { RetainedRow } from './retained-rows.js';
import { AMONG, quote, type RunSql } from './run-sql.js';
import type { StoredRow } from './stored-row.js';

/** Violated foreign keys by record: `object/record/foreign key`. */
export type Violations = ReadonlySet<string>;

/** The foreign keys that records of the objects violate; an unmanaged table may no longer exist. */
export async function violationsIn(sql: RunSql, objects: Iterable<string>): Promise<Violations> {
  const found = new Set<string>();
  const { rows: existing } = await sql(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name ${AMONG}`,
    [JSON.stringify([...objects])],
  );
  for (const { name } of existing) {
    const object = String(name);
    const { rows } = await sql(
      `SELECT CAST(o.id AS TEXT) AS id, broken.fkid FROM temp.pragma_foreign_key_check(?) AS broken
      JOIN ${quote(object)} AS o ON o._rowid_ = broken.rowid`,
      [object],
    );
    for (const { id, fkid } of rows) found.add(`${object}/${id}/${fkid}`);
  }
  return found;
}

function tuple(row: StoredRow, columns: readonly string[]): string | null {
  // A column of integers and one of texts refer to each other.
  const values = columns.map((column) => {
    const value = row[column] ?? null;
    return typeof value === 'number' ? String(value) : value;
  });
  return values.includes(null) ? null : JSON.stringify(values);
}

/** The rows by what they refer to. */
function byReference(rows: readonly RetainedRow[], keys: readonly ForeignKey[]): Map<string, RetainedRow[]> {
  const groups = new Map<string, RetainedRow[]>();
  for (const [index, { table, columns }] of keys.entries()) {
    for (const row of rows) {
      const value = row.object === table ? tuple(row.content.row, columns) : null;
      if (value === null) continue;
      const group = groups.get(`${index}/${value}`);
      if (group) group.push(row);
      else groups.set(`${index}/${value}`, [row]);
    }
  }
  return groups;
}

/** Of the restored rows, those that violate a foreign key that they did not violate before, and what refers to them. */
export async function findDangling(
  sql: RunSql,
  restored: readonly RetainedRow[],
  before: Violations,
): Promise<RetainedRow[]> {
  const after = await violationsIn(sql, new Set(restored.map(({ object }) => object)));
  const broken = new Set(
    [...after].flatMap((one) => (before.has(one) ? [] : [one.slice(0, one.lastIndexOf('/'))])),
  );
  const pending = restored.filter(({ object, record }) => broken.has(`${object}/${record}`));
  if (pending.length === 0) return [];
  const keys = await foreignKeys(sql);
  const referring = byReference(restored, keys);
  const found = new Set(pending);
  for (let row = pending.pop(); row; row = pending.pop()) {
    if (row.kind !== 'removed') continue;
    for (const [index, { target, references }] of keys.entries()) {
      if (target !== row.object.toLowerCase()) continue;
      for (const child of referring.get(`${index}/${tuple(row.content.row, references)}`) ?? []) {
        if (found.has(child)) continue;
        found.add(child);
        pending.push(child);
      }
    }
  }
  return [...found];
}

// What goes when records are deleted: the records that refer to them and are deleted by cascade, those that refer to these,
// and so on, and the lookups that are emptied. The foreign keys are those that the database has, so tables that no deployment
// made are seen too.

import type { SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { exactColumn } from './exact-columns.js';
import { type ForeignKey, foreignKeys } from './foreign-keys.js';
import { AMONG, quote, type RunSql } from './run-sql.js';

/** A lookup that is emptied because its target goes. */
export interface ClearedReference {
  readonly object: string;
  readonly record: string;
  readonly target: string;
  readonly references: readonly string[];
  /** By column, what it holds before. */
  readonly values: Readonly<Record<string, SqlValue>>;
}

export interface Removal {
  /** Ids by object; that of the deleted records comes first. */
  readonly removed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly cleared: readonly ClearedReference[];
}

export function byObject(cleared: readonly ClearedReference[]): Map<string, ClearedReference[]> {
  const groups = new Map<string, ClearedReference[]>();
  for (const reference of cleared) {
    const group = groups.get(reference.object);
    if (group) group.push(reference);
    else groups.set(reference.object, [reference]);
  }
  return groups;
}

const CHANGES_ROWS: ReadonlySet<string> = new Set(['CASCADE', 'SET NULL', 'SET DEFAULT']);

function assertHasIds({ table, hasId }: ForeignKey): void {
  if (hasId) return;
  throw new ObjectStackError({
    code: 'object_conflict',
    message: `Rows of the unmanaged table ${table} refer to records that the seed data would remove. Delete these rows first.`,
    details: { table },
  });
}

/** The rows that refer to the records by the key. */
async function referring(sql: RunSql, key: ForeignKey, table: string, ids: readonly string[]) {
  const on = key.columns.map(
    (column, index) => `p.${quote(key.references[index] ?? 'id')} = c.${quote(column)}`,
  );
  const columns = key.columns.map((column) => exactColumn(column, 'c.'));
  const from = `FROM ${quote(key.table)} AS c JOIN ${quote(table)} AS p ON ${on.join(' AND ')} WHERE p.id ${AMONG}`;
  const what = key.hasId ? `CAST(c.id AS TEXT) AS "_os_id", ${columns.join(', ')}` : '1';
  const { rows } = await sql(`SELECT ${what} ${from}${key.hasId ? '' : ' LIMIT 1'}`, [JSON.stringify(ids)]);
  if (rows.length > 0) assertHasIds(key);
  return rows.map(({ _os_id: id, ...values }) => ({ id: String(id), values }));
}

/** What goes, or is emptied, when the records are deleted. Changes nothing. */
export async function findRemoval(sql: RunSql, object: string, ids: readonly string[]): Promise<Removal> {
  const keys = (await foreignKeys(sql)).filter(({ onDelete }) => CHANGES_ROWS.has(onDelete));
  const removed = new Map<string, Set<string>>([[object, new Set(ids)]]);
  const cleared: ClearedReference[] = [];
  const pending = [{ table: object, ids }];
  for (let next = pending.shift(); next; next = pending.shift()) {
    const { table } = next;
    for (const key of keys.filter(({ target }) => target === table.toLowerCase())) {
      const rows = await referring(sql, key, table, next.ids);
      if (key.onDelete !== 'CASCADE') {
        const { table: object, references } = key;
        cleared.push(
          ...rows.map(({ id, values }) => ({ object, record: id, target: table, references, values })),
        );
        continue;
      }
      const known = removed.get(key.table) ?? new Set<string>();
      const found = [...new Set(rows.map(({ id }) => id))].filter((id) => !known.has(id));
      if (found.length === 0) continue;
      removed.set(key.table, new Set([...known, ...found]));
      pending.push({ table: key.table, ids: found });
    }
  }
  return { removed, cleared: cleared.filter(({ object, record }) => !removed.get(object)?.has(record)) };
}

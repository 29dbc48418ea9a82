import type { SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { columnsReader } from './columns.js';
import { type ForeignKey, keysToValues } from './foreign-keys.js';
import type { KeptKind } from './kept-records.js';
import type { KeptRow } from './kept-rows.js';
import type { RemovedSchema } from './removed-schema.js';
import { replaceCreatedRecords } from './replace-created-records.js';
import { quote, type RunSql } from './run-sql.js';
import { fromStoredRow } from './stored-row.js';

/** Tries to restore a row; false where something written since prevents it. */
export type Restore = (row: KeptRow) => Promise<boolean>;

const CONFLICTS: ReadonlySet<string> = new Set([
  'unique_violation',
  'foreign_key_violation',
  'not_null_violation',
]);

async function unlessConflict(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (ObjectStackError.isInstance(error) && CONFLICTS.has(error.code)) return false;
    throw error;
  }
}

const sameValues = (names: readonly string[], operator: string) =>
  names.map((name) => `${quote(name)} ${operator} ?`).join(' AND ');

/** How rows are restored in one transaction: by kind of change. */
export function restorers(
  sql: RunSql,
  { removedSchema, keys }: { readonly removedSchema: RemovedSchema; readonly keys: readonly ForeignKey[] },
): { readonly byKind: Record<KeptKind, Restore>; readonly replacing: Restore } {
  const columnsOf = columnsReader(sql);
  const changes = (statement: string, args: readonly SqlValue[]) =>
    unlessConflict(async () => (await sql(statement, args)).rowsAffected > 0);

  /** The values of the row that can be stored; null where the table or a column no longer exists. */
  async function storable({ object, content }: KeptRow): Promise<Record<string, SqlValue> | null> {
    const columns = await columnsOf(object);
    const entries = Object.entries(fromStoredRow(content.row));
    if (columns.size === 0 || entries.some(([name]) => !columns.has(name))) return null;
    return Object.fromEntries(entries.filter(([name]) => columns.get(name)));
  }

  async function removed(kept: KeptRow): Promise<boolean> {
    const row = await storable(kept);
    if (!row) return false;
    const names = Object.keys(row);
    const values = names.map(() => '?').join(', ');
    return changes(
      `INSERT INTO ${quote(kept.object)} (${names.map(quote).join(', ')}) VALUES (${values})`,
      Object.values(row),
    );
  }

  /** Values that unmanaged rows refer to are not changed: foreign keys would change or break these rows. */
  async function updated(kept: KeptRow): Promise<boolean> {
    const row = await storable(kept);
    if (!row) return false;
    const { id: _id, ...values } = row;
    const { object, record, writtenAt } = kept;
    const conditions = keysToValues(keys, object).map(({ table, columns, references }) => {
      const on = columns.map(
        (column, at) => `c.${quote(column)} = ${quote(object)}.${quote(references[at] ?? 'id')}`,
      );
      const isSame = references.map((name) => `${quote(object)}.${quote(name)} IS ?`).join(' AND ');
      const clause = `AND ((${isSame}) OR NOT EXISTS (SELECT 1 FROM ${quote(table)} AS c WHERE ${on.join(' AND ')}))`;
      return { clause, args: references.map((name) => row[name] ?? null) };
    });
    const sets = Object.keys(values).map((name) => `${quote(name)} = ?`);
    return changes(
      `UPDATE ${quote(object)} SET ${sets.join(', ')} WHERE id = ? AND updated_at = ?
      ${conditions.map(({ clause }) => clause).join(' ')}`,
      [...Object.values(values), record, writtenAt, ...conditions.flatMap(({ args }) => args)],
    );
  }

  async function reference(kept: KeptRow): Promise<boolean> {
    const row = await storable(kept);
    const { object: target = '', columns = [] } = kept.content.target ?? {};
    const targetColumns = await columnsOf(target);
    if (!row || columns.length === 0 || columns.some((column) => !targetColumns.has(column))) return false;
    const names = Object.keys(row);
    const values = Object.values(row);
    const isThere = `EXISTS (SELECT 1 FROM ${quote(target)} WHERE ${sameValues(columns, '=')})`;
    const has = await sql(
      `SELECT 1 FROM ${quote(kept.object)} WHERE id = ? AND ${sameValues(names, 'IS')} AND ${isThere}`,
      [kept.record, ...values, ...values],
    );
    if (has.rows.length > 0) return true;
    return changes(
      `UPDATE ${quote(kept.object)} SET ${names.map((name) => `${quote(name)} = ?`).join(', ')}
      WHERE id = ? AND ${names.map((name) => `${quote(name)} IS NULL`).join(' AND ')} AND ${isThere}`,
      [...values, kept.record, ...values],
    );
  }

  async function replacing(kept: KeptRow): Promise<boolean> {
    const row = await storable(kept);
    if (!row) return false;
    const { object, deployment } = kept;
    return unlessConflict(async () => {
      const outcome = await replaceCreatedRecords(sql, { object, deployment, row, removedSchema, keys });
      return outcome === 'overwritten' || (outcome === 'deleted' && (await removed(kept)));
    });
  }

  return { byKind: { removed, updated, reference }, replacing };
}

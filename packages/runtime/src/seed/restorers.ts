import type { SqlValue } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { columnsReader } from './columns-reader.js';
import { type ForeignKey, keysToValues } from './foreign-keys.js';
import type { ReferenceSchema } from './reference-schema.js';
import { replaceCreatedRecords } from './replace-created-records.js';
import type { RetainedKind } from './retain-records.js';
import type { RetainedRow } from './retained-rows.js';
import { quote, type RunSql } from './run-sql.js';
import { fromStoredRow } from './stored-row.js';

/** Tries to restore a row; false where something written since prevents it. */
export type Restore = (row: RetainedRow) => Promise<boolean>;

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
  { schema, keys }: { readonly schema: ReferenceSchema; readonly keys: readonly ForeignKey[] },
): { readonly byKind: Record<RetainedKind, Restore>; readonly replacing: Restore } {
  const columnsOf = columnsReader(sql);
  const changes = (statement: string, args: readonly SqlValue[]) =>
    unlessConflict(async () => (await sql(statement, args)).rowsAffected > 0);

  /** The values of the row that can be stored; null where the table or a column no longer exists. */
  async function storable({ object, content }: RetainedRow): Promise<Record<string, SqlValue> | null> {
    const columns = await columnsOf(object);
    const entries = Object.entries(fromStoredRow(content.row));
    if (columns.size === 0 || entries.some(([name]) => !columns.has(name))) return null;
    return Object.fromEntries(entries.filter(([name]) => columns.get(name)));
  }

  async function removed(retained: RetainedRow): Promise<boolean> {
    const row = await storable(retained);
    if (!row) return false;
    const names = Object.keys(row);
    const values = names.map(() => '?').join(', ');
    return changes(
      `INSERT INTO ${quote(retained.object)} (${names.map(quote).join(', ')}) VALUES (${values})`,
      Object.values(row),
    );
  }

  /** Values that unmanaged rows refer to are not changed: foreign keys would change or break these rows. */
  async function updated(retained: RetainedRow): Promise<boolean> {
    const row = await storable(retained);
    if (!row) return false;
    const { id: _id, ...values } = row;
    const { object, record, writtenAt } = retained;
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

  async function reference(retained: RetainedRow): Promise<boolean> {
    const row = await storable(retained);
    const { object: target = '', columns = [] } = retained.content.target ?? {};
    const targetColumns = await columnsOf(target);
    if (!row || columns.length === 0 || columns.some((column) => !targetColumns.has(column))) return false;
    const names = Object.keys(row);
    const values = Object.values(row);
    const isThere = `EXISTS (SELECT 1 FROM ${quote(target)} WHERE ${sameValues(columns, '=')})`;
    const has = await sql(
      `SELECT 1 FROM ${quote(retained.object)} WHERE id = ? AND ${sameValues(names, 'IS')} AND ${isThere}`,
      [retained.record, ...values, ...values],
    );
    if (has.rows.length > 0) return true;
    return changes(
      `UPDATE ${quote(retained.object)} SET ${names.map((name) => `${quote(name)} = ?`).join(', ')}
      WHERE id = ? AND ${names.map((name) => `${quote(name)} IS NULL`).join(' AND ')} AND ${isThere}`,
      [...values, retained.record, ...values],
    );
  }

  async function replacing(retained: RetainedRow): Promise<boolean> {
    const row = await storable(retained);
    if (!row) return false;
    const { object, deployment } = retained;
    return unlessConflict(async () => {
      const outcome = await replaceCreatedRecords(sql, { object, deployment, row, schema, keys });
      return outcome === 'overwritten' || (outcome === 'deleted' && (await removed(retained)));
    });
  }

  return { byKind: { removed, updated, reference }, replacing };
}

import type { DataRecord } from '@objectstack/spec/contracts';
import type { Expansion } from '@objectstack/spec/drivers';
import type { Connection } from '../connection/connection.js';
import { join, name, sql } from '../connection/sql.js';
import type { ObjectTable } from '../schema/object-table.js';
import { requestedColumns, toRecord } from './requested-columns.js';

const idsOf = (value: unknown): string[] => [value].flat().filter((id) => typeof id === 'string');

/** Replaces the ids of lookups by records: one statement for each lookup and level. */
export async function expand(
  connection: Connection,
  records: readonly DataRecord[],
  expansions: readonly Expansion<ObjectTable>[],
): Promise<void> {
  for (const { field, target, shape } of expansions) {
    const columns = requestedColumns(target, shape);
    const ids = [...new Set(records.flatMap((record) => idsOf(record[field])))];
    if (ids.length === 0) continue;
    const statement = sql`SELECT ${join(columns.map((column) => name(column.name)))}
      FROM ${name(target.name)} WHERE "id" = ANY(${ids}::text[])`;
    const { rows } = await connection.query(statement);
    const found = rows.map((row) => toRecord(columns, row));
    // Before the records are expanded themselves: an expanded id would not be found.
    const byId = new Map(found.map((record) => [record.id, record]));
    await expand(connection, found, shape.expansions);
    for (const record of records) {
      const value = record[field];
      const referenced = idsOf(value).flatMap((id) => byId.get(id) ?? []);
      record[field] = structuredClone(Array.isArray(value) ? referenced : (referenced[0] ?? null));
    }
  }
}

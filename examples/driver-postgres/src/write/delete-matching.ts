import type { Connection } from '../connection/connection.js';
import { name, type Sql, sql } from '../connection/sql.js';
import type { ObjectTable } from '../schema/object-table.js';

/** Deletes the records that meet a condition and returns their number, without those that a cascade deletes. */
export async function deleteMatching(connection: Connection, { name: table }: ObjectTable, where: Sql) {
  return (await connection.remove(sql`DELETE FROM ${name(table)} WHERE ${where}`)).count;
}

/** Deletes the existing records of the ids and returns their number. */
export const deleteRecords = (connection: Connection, table: ObjectTable, ids: readonly string[]) =>
  deleteMatching(connection, table, sql`"id" = ANY(${ids}::text[])`);

import type { Connection } from '../connection/connection.js';
import { name, type Sql, sql } from '../connection/sql.js';
import type { ObjectTable } from '../schema/object-table.js';

/** The number of records that meet a condition. */
export async function countMatching(connection: Connection, { name: table }: ObjectTable, where: Sql) {
  const { rows } = await connection.query(
    sql`SELECT count(*)::float8 AS "count" FROM ${name(table)} WHERE ${where}`,
  );
  return Number(rows[0]?.count);
}

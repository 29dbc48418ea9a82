import type { SqlStatement } from '@objectstack/spec/contracts';
import type { RunSql } from '../seed/run-sql.js';

/*
 * SQLite records the largest id that it assigned in each AUTOINCREMENT table in sqlite_sequence, which exists only in a database
 * with such a table. What is copied from one table to another must include it, so that no id is assigned to a second record.
 */

const EXISTS = `SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'`;
const ASSIGNED = `SELECT name, CAST(seq AS TEXT) AS seq FROM sqlite_sequence
  WHERE name IN (SELECT value FROM temp.json_each(?))`;

/** The largest ids that were assigned in the tables, as texts, by table. */
export async function assignedIds(sql: RunSql, tables: readonly string[]): Promise<Map<string, string>> {
  if (tables.length === 0 || (await sql(EXISTS)).rows.length === 0) return new Map();
  const { rows } = await sql(ASSIGNED, [JSON.stringify(tables)]);
  return new Map(rows.map(({ name, seq }) => [String(name), String(seq)]));
}

/** Statements that record in an AUTOINCREMENT table that ids up to this one were assigned. */
export const recordAssignedIds = (table: string, largest: string): SqlStatement[] => [
  {
    sql: 'INSERT INTO sqlite_sequence (name, seq) SELECT ?, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?)',
    args: [table, table],
  },
  {
    sql: 'UPDATE sqlite_sequence SET seq = max(seq, CAST(? AS INTEGER)) WHERE name = ?',
    args: [largest, table],
  },
];

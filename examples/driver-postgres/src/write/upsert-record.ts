import type { DataRecord, DriverOptions, RecordData } from '@objectstack/spec/contracts';
import { foldCase } from '@objectstack/spec/data';
import { upsertChanges, upsertKeys } from '@objectstack/spec/drivers';
import type { Connection } from '../connection/connection.js';
import { join, name, sql } from '../connection/sql.js';
import { driverError } from '../driver-error.js';
import { compared, operand } from '../query/field-expression.js';
import type { Column, ObjectTable } from '../schema/object-table.js';
import { createRecord } from './create-records.js';
import { updateRecord } from './update-records.js';

/**
 * Ids of up to two records with the values. Calls with the same values wait for each other until their transactions end,
 * because the keys need not be unique in the database.
 */
async function findIds(
  connection: Connection,
  table: ObjectTable,
  keys: ReadonlyMap<string, string | number>,
): Promise<string[]> {
  const columns = table.columns.filter((column) => keys.has(column.name));
  const valueIn = (column: Column) => keys.get(column.name) as string | number;
  const values = columns.map((column) => [
    column.name,
    column.ignoresCase ? foldCase(String(valueIn(column))) : valueIn(column),
  ]);
  await connection.query(sql`SELECT pg_advisory_xact_lock(
    ${`"${table.name}"`}::regclass::oid::int, hashtext(${JSON.stringify(values)}))`);
  const conditions = columns.map((column) => sql`${compared(column)} = ${operand(column, valueIn(column))}`);
  const { rows } = await connection.query(sql`SELECT "id" FROM ${name(table.name)}
    WHERE ${join(conditions, ' AND ')} ORDER BY "id" LIMIT 2 FOR UPDATE`);
  return rows.map(({ id }) => String(id));
}

export interface Upsert {
  readonly data: RecordData;
  readonly keys: readonly string[];
  readonly options: DriverOptions;
}

/** Updates the record with the values of the keys, or creates one. */
export async function upsertRecord(
  connection: Connection,
  table: ObjectTable,
  { data, keys, options }: Upsert,
): Promise<DataRecord> {
  const [id, other] = await findIds(connection, table, upsertKeys(table, data, keys));
  if (other !== undefined) throw driverError('unique_violation', { object: table.name, fields: [...keys] });
  if (id === undefined) return createRecord(connection, table, { data, options });
  return updateRecord(connection, table, { id, data: upsertChanges(table, data, keys), options });
}

import type { DataRecord, DriverOptions } from '@objectstack/spec/contracts';
import { assertRecordId } from '@objectstack/spec/drivers';
import type { Connection } from '../connection/connection.js';
import { join, name, type Sql, sql } from '../connection/sql.js';
import { driverError, withIndex } from '../driver-error.js';
import { toRecord } from '../query/requested-columns.js';
import type { ObjectTable } from '../schema/object-table.js';
import { advanceCounters, type Values } from './autonumbers.js';
import { assignments } from './bind-values.js';
import { Counters } from './counters.js';
import { acceptDraft, acceptDrafts, draftOfChanges } from './record-draft.js';

/** Stores the values in the records that meet a condition. */
async function store(
  connection: Connection,
  table: ObjectTable,
  { values, where }: { values: Values; where: Sql },
) {
  const counters = new Counters(connection, table.name);
  await advanceCounters(counters, table, values);
  await counters.save();
  return connection.query(sql`UPDATE ${name(table.name)} SET ${join(assignments(table.columns, values))}
    WHERE ${where} RETURNING ${join(table.columns.map((column) => name(column.name)))}`);
}

async function storeOne(
  connection: Connection,
  table: ObjectTable,
  { id, values }: { id: string; values: Values },
) {
  const { rows } = await store(connection, table, { values, where: sql`"id" = ${id}` });
  const [row] = rows;
  if (!row) throw driverError('record_not_found', { object: table.name });
  return toRecord(table.columns, row);
}

export interface Update {
  readonly id: string;
  readonly data: unknown;
}

/** Updates a record. */
export async function updateRecord(
  connection: Connection,
  table: ObjectTable,
  { id, data, options }: Update & { options: DriverOptions },
): Promise<DataRecord> {
  assertRecordId(id);
  const values = acceptDraft(table, draftOfChanges(table, data, options), options);
  return storeOne(connection, table, { id, values });
}

/** Updates records one after the other and returns them in order. */
export async function updateRecords(
  connection: Connection,
  table: ObjectTable,
  { updates, options }: { updates: readonly Update[]; options: DriverOptions },
): Promise<DataRecord[]> {
  const drafts = updates.map(({ id, data }, index) => {
    assertRecordId(id, `/updates/${index}/id`);
    return draftOfChanges(table, data, options, `/updates/${index}/data`);
  });
  const accepted = acceptDrafts(table, drafts, options);
  const records: DataRecord[] = [];
  for (const [index, { id }] of updates.entries())
    records.push(
      await storeOne(connection, table, { id, values: accepted[index] ?? {} }).catch((error) => {
        throw withIndex(error, index);
      }),
    );
  return records;
}

/** Updates the records that meet a condition and returns their number. */
export async function updateMatching(
  connection: Connection,
  table: ObjectTable,
  { where, data, options }: { where: Sql; data: unknown; options: DriverOptions },
): Promise<number> {
  const values = acceptDraft(table, draftOfChanges(table, data, options), options);
  return (await store(connection, table, { values, where })).count;
}

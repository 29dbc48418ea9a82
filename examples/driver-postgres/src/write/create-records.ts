import type { DataRecord, DriverOptions } from '@objectstack/spec/contracts';
import type { Connection } from '../connection/connection.js';
import { join, name, sql } from '../connection/sql.js';
import { toRecord } from '../query/requested-columns.js';
import type { ObjectTable } from '../schema/object-table.js';
import { assignNumbers, type Values } from './autonumbers.js';
import { bound } from './bind-values.js';
import { Counters } from './counters.js';
import { acceptDraft, acceptDrafts, draftOfNew } from './record-draft.js';

/** A statement of PostgreSQL has at most 65,535 placeholders. */
const MAX_PLACEHOLDERS = 30_000;

async function insert(
  connection: Connection,
  table: ObjectTable,
  all: readonly Values[],
): Promise<DataRecord[]> {
  const { columns } = table;
  const rows = all.map((values) => sql`(${join(columns.map((column) => bound(column, values)))})`);
  const names = join(columns.map((column) => name(column.name)));
  const inserted = await connection.query(
    sql`INSERT INTO ${name(table.name)} (${names}) VALUES ${join(rows)} RETURNING ${names}`,
  );
  return inserted.rows.map((row) => toRecord(columns, row));
}

async function store(connection: Connection, table: ObjectTable, drafts: readonly Values[]) {
  const counters = new Counters(connection, table.name);
  for (const values of drafts) await assignNumbers(counters, table, values);
  await counters.save();
  const chunk = Math.floor(MAX_PLACEHOLDERS / table.columns.length);
  const records = new Map<string, DataRecord>();
  for (let start = 0; start < drafts.length; start += chunk)
    for (const record of await insert(connection, table, drafts.slice(start, start + chunk)))
      records.set(record.id, record);
  return drafts.map(({ id }) => records.get(String(id)) as DataRecord);
}

/** Creates a record. */
export async function createRecord(
  connection: Connection,
  table: ObjectTable,
  { data, options }: { data: unknown; options: DriverOptions },
): Promise<DataRecord> {
  const values = acceptDraft(table, draftOfNew(table, data, options), options);
  const [record] = await store(connection, table, [values]);
  return record as DataRecord;
}

/** Creates records and returns them in order. The violations of all records are reported together. */
export async function createRecords(
  connection: Connection,
  table: ObjectTable,
  { list, options }: { list: readonly unknown[]; options: DriverOptions },
): Promise<DataRecord[]> {
  const drafts = list.map((data, index) => draftOfNew(table, data, options, `/data/${index}`));
  return store(connection, table, acceptDrafts(table, drafts, options));
}

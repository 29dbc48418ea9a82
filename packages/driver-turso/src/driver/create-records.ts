import type { DataRecord, RecordData, SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { assertObjects } from './assert-arguments.js';
import type { Columns } from './columns-of.js';
import { columnsIn, compileInsertMany, type InsertMany } from './compile-insert.js';
import { compileInsertNumbered } from './compile-insert-numbered.js';
import { decodeRecord } from './decode-record.js';
import { encodeAll } from './encode-all.js';
import { encodeNewRecord } from './encode-new-record.js';
import { explainExhaustedIds } from './explain-exhausted-ids.js';
import type { ObjectModel } from './object-model.js';
import type { Row } from './read-rows.js';
import { withIndex } from './with-index.js';
import { valueBytes, withinQuota } from './within-quota.js';
import type { WriteContext } from './write-context.js';

const usageOf = (columns: readonly Columns[]) => ({
  records: columns.length,
  bytes: columns.reduce((sum, one) => sum + valueBytes(one), 0),
});

/**
 * Whether the stored columns of the records are known before they are inserted: each is given, and neither the id nor a number
 * is assigned by the database. Then nothing is read back.
 */
const areKnown = ({ autonumbers, columns: all }: ObjectModel, columns: readonly Columns[]) =>
  autonumbers.length === 0 &&
  columnsIn(columns).length === all.length &&
  columns.every(({ id }) => id !== null);

interface NewRecords {
  readonly model: ObjectModel;
  readonly columns: readonly Columns[];
  /** See {@link areKnown}. */
  readonly isKnown: boolean;
}

function compile({ model, columns, isKnown }: NewRecords, now: string): InsertMany[] {
  if (model.autonumbers.length > 0) return compileInsertNumbered(model, columns, now);
  return compileInsertMany(model, columns, isKnown ? [] : model.columns);
}

async function insertAll(
  context: WriteContext,
  columns: readonly Columns[],
  inserts: readonly InsertMany[],
): Promise<readonly SqlResult[]> {
  const { model } = context;
  const statements = inserts.map(({ statement }) => statement);
  try {
    return await withinQuota(context, usageOf(columns), ({ executor }) => executor.atomic(statements));
  } catch (error) {
    const explained = await explainExhaustedIds(context, columns, error);
    throw withIndex(explained, model.name, columns.length === 1 ? 0 : undefined);
  }
}

const notInserted = () =>
  new ObjectStackError({ code: 'internal', message: 'The database did not return each inserted record.' });

/**
 * The rows by the integer ids that one INSERT assigned. SQLite does not document the order in which it returns rows, but
 * assigned ids ascend by 1, except after the largest possible one: then they are random, and the order is that of the rows.
 */
function byAssignedId(rows: readonly Row[]): readonly Row[] {
  const sorted = rows
    .map((row) => ({ row, id: BigInt(String(row.id)) }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const [first, last] = [sorted[0]?.id ?? 0n, sorted.at(-1)?.id ?? 0n];
  return last - first === BigInt(rows.length - 1) ? sorted.map(({ row }) => row) : rows;
}

/** The returned row of each record: the one with its id, or at its place if the database assigned the ids. */
function rowsInOrder(records: readonly Columns[], rows: readonly Row[]): [Columns, Row | undefined][] {
  if (records[0]?.id === null) {
    const assigned = byAssignedId(rows);
    return records.map((record, place) => [record, assigned[place]]);
  }
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  return records.map((record) => [record, byId.get(String(record.id))]);
}

/** The inserted rows, in the order of the records. */
function rowsOf(
  { columns, isKnown }: NewRecords,
  { inserts, results }: { inserts: readonly InsertMany[]; results: readonly SqlResult[] },
): readonly Row[] {
  if (isKnown) {
    const inserted = results.reduce((sum, { rowsAffected }) => sum + rowsAffected, 0);
    if (inserted !== columns.length) throw notInserted();
    return columns;
  }
  const inserted = new Map(
    inserts.flatMap(({ records }, index) => rowsInOrder(records, results[index]?.rows ?? [])),
  );
  return columns.map((one) => {
    const row = inserted.get(one);
    if (!row) throw notInserted();
    return row;
  });
}

/** Creates all records in one batch and returns them in the order given. */
export async function createRecords(
  context: WriteContext,
  data: readonly RecordData[],
): Promise<DataRecord[]> {
  const { model } = context;
  assertObjects(data, '/data');
  if (data.length === 0) return [];
  const now = new Date().toISOString();
  const columns = encodeAll(context, data, (item, { options }) =>
    encodeNewRecord({ model, data: item, options, now }),
  );
  const records = { model, columns, isKnown: areKnown(model, columns) };
  const inserts = compile(records, now);
  const results = await insertAll(context, columns, inserts);
  return rowsOf(records, { inserts, results }).map((row) => decodeRecord(model.name, model.columns, row));
}

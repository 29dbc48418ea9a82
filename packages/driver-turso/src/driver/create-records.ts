import type { DataRecord, RecordData, SqlResult } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import { assertObjects } from './assert-arguments.js';
import type { Columns } from './columns-of.js';
import { compileInsertMany } from './compile-insert.js';
import { compileInsertNumbered } from './compile-insert-numbered.js';
import { decodeRecord } from './decode-record.js';
import { encodeAll } from './encode-all.js';
import { encodeNewRecord } from './encode-new-record.js';
import { withIndex } from './with-index.js';
import { valueBytes, withinQuota } from './within-quota.js';
import type { WriteContext } from './write-context.js';

const usageOf = (columns: readonly Columns[]) => ({
  records: columns.length,
  bytes: columns.reduce((sum, one) => sum + valueBytes(one), 0),
});

async function insertAll(
  context: WriteContext,
  columns: readonly Columns[],
  now: string,
): Promise<SqlResult['rows']> {
  const { model } = context;
  const statements =
    model.autonumbers.length > 0
      ? compileInsertNumbered(model, columns, now)
      : compileInsertMany(model, columns);
  try {
    const results = await withinQuota(context, usageOf(columns), ({ executor }) =>
      executor.atomic(statements),
    );
    return results.flatMap(({ rows }) => rows);
  } catch (error) {
    throw withIndex(error, model.name, columns.length === 1 ? 0 : undefined);
  }
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
    encodeNewRecord({ model, data: item, options, now, id: uuidv7() }),
  );
  const rows = await insertAll(context, columns, now);
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  return columns.map(({ id }) => {
    const row = byId.get(String(id));
    if (!row) throw new ObjectStackError({ code: 'internal', message: 'An insert returned no record.' });
    return decodeRecord(model.name, model.columns, row);
  });
}

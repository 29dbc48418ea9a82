import type { DataRecord, SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { isResultLost } from '../connection/remote/result-lost.js';
import { decodeRecord } from './decode-record.js';
import { type Row, readRows } from './read-rows.js';
import type { WriteContext } from './write-context.js';

async function writtenRow(
  { executor }: WriteContext,
  statements: readonly SqlStatement[],
): Promise<Row | undefined> {
  const [only, ...rest] = statements;
  const result =
    only && rest.length === 0 ? await executor.execute(only) : (await executor.atomic(statements)).at(-1);
  return result?.rows[0];
}

/**
 * The record that the last statement returned, or its current state if that response was lost. Throws `result_lost` if its id
 * is not known either, because the database assigned it.
 */
export async function writtenRecord(
  context: WriteContext,
  id: SqlValue | undefined,
  statements: readonly SqlStatement[],
): Promise<DataRecord | null> {
  const { model } = context;
  const row = await writtenRow(context, statements).catch(async (error) => {
    if (!isResultLost(error) || typeof id !== 'string') throw error;
    return (await readRows(context, [id]).catch(() => [])).at(0) ?? Promise.reject(error);
  });
  return row ? decodeRecord(model.name, model.columns, row) : null;
}

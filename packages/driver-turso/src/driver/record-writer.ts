import type { DataRecord, RecordData, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import { isResultLost } from '../connection/remote/result-lost.js';
import { assertId } from './assert-arguments.js';
import { compileAdvance, compileDelete, compileInsert, compileUpdate } from './compile-write.js';
import { decodeRecord } from './decode-record.js';
import { givenNumbers, numberedFields } from './numbered-field.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import { ownValue } from './own-value.js';
import { type Row, readRows } from './read-rows.js';
import { encodeChanges, encodeNewRecord } from './record-encoder.js';
import type { WriteContext } from './write-context.js';

export function recordNotFound(object: string, index?: number): ObjectStackError {
  return new ObjectStackError({
    code: 'record_not_found',
    message: `${object} has no record with this id.`,
    details: { object, ...(index !== undefined && { index }) },
  });
}

async function writtenRow(
  { executor }: WriteContext,
  statements: readonly SqlStatement[],
): Promise<Row | undefined> {
  const [only, ...rest] = statements;
  const result =
    only && rest.length === 0 ? await executor.execute(only) : (await executor.atomic(statements)).at(-1);
  return result?.rows[0];
}

/** The record that the last statement returned, or its current state if that response was lost. */
async function writtenRecord(
  context: WriteContext,
  id: unknown,
  statements: readonly SqlStatement[],
): Promise<DataRecord | null> {
  const { model } = context;
  const row = await writtenRow(context, statements).catch(async (error) => {
    if (!isResultLost(error)) throw error;
    return (await readRows(context, [String(id)]).catch(() => [])).at(0) ?? Promise.reject(error);
  });
  return row ? decodeRecord(model.name, model.columns, row) : null;
}

/** Statements that advance the counters of autonumber fields at least to the explicit numbers of a write. */
export function advances(
  object: string,
  fields: readonly FieldModel[],
  values: RecordData,
  now: string,
): SqlStatement[] {
  return givenNumbers(object, fields, values).map((given) =>
    compileAdvance(given.sequenceId, given.number, now),
  );
}

/** The autonumber fields with a given text. */
export function givenAutonumbers({ autonumbers }: ObjectModel, data: RecordData): FieldModel[] {
  return autonumbers.filter(({ name }) => typeof ownValue(data, name) === 'string');
}

export async function createRecord(context: WriteContext, data: RecordData): Promise<DataRecord> {
  const { model, options } = context;
  const now = new Date().toISOString();
  const columns = encodeNewRecord({ model, data, options, now, id: uuidv7() });
  const numbered = numberedFields(model, columns, now);
  const record = await writtenRecord(context, columns.id, [
    ...advances(model.name, model.autonumbers, columns, now),
    ...numbered.map((field) => compileAdvance(field.sequenceId, null, now)),
    compileInsert(model, columns, numbered),
  ]);
  if (!record) throw new ObjectStackError({ code: 'internal', message: 'An insert returned no record.' });
  return record;
}

export async function updateRecord(context: WriteContext, id: string, data: RecordData): Promise<DataRecord> {
  assertId(id);
  const { model, options } = context;
  const now = new Date().toISOString();
  const columns = encodeChanges({ model, data, options, now });
  const record = await writtenRecord(context, id, [
    ...advances(model.name, givenAutonumbers(model, data), columns, now),
    ...compileUpdate(model, id, columns, 'may be missing'),
  ]);
  if (!record) throw recordNotFound(model.name);
  return record;
}

export async function deleteRecord({ executor, model }: WriteContext, id: string): Promise<boolean> {
  assertId(id);
  return (await executor.execute(compileDelete(model, id))).rowsAffected > 0;
}

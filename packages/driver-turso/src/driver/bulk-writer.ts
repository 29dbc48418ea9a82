import type {
  DataRecord,
  RecordData,
  RecordViolation,
  SqlResult,
  SqlStatement,
} from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import { assertId, assertIds, assertObjects } from './assert-arguments.js';
import { brokenRules } from './broken-rules.js';
import { compileInsertNumbered } from './compile-insert-numbered.js';
import { compileDeleteIds, compileInsertMany, compileUpdate, RECORD_EXISTS } from './compile-write.js';
import { decodeRecord } from './decode-record.js';
import { type Columns, encodeChanges, encodeNewRecord } from './record-encoder.js';
import { advances, givenAutonumbers, recordNotFound } from './record-writer.js';
import type { WriteContext } from './write-context.js';

/** Statements for one item of a list. */
interface ItemStatements {
  readonly index: number;
  readonly statements: readonly SqlStatement[];
}

/** Processes every item. Throws one `validation_failed` with all violations, each with the index of its item. */
function encodeAll<I, T>(
  { model, options }: WriteContext,
  items: readonly I[],
  encode: (item: I, index: number) => T,
): T[] {
  const violations: RecordViolation[] = [];
  const encoded = items.flatMap((item, index) => {
    throwIfAborted(options.signal);
    try {
      return [encode(item, index)];
    } catch (error) {
      if (!ObjectStackError.isInstance(error) || error.code !== 'validation_failed') throw error;
      const found = Array.isArray(error.details.violations) ? error.details.violations : [];
      violations.push(...found.map((violation: RecordViolation) => ({ ...violation, index })));
      return [];
    }
  });
  throwIfAborted(options.signal);
  if (violations.length === 0) return encoded;
  throw new ObjectStackError({
    code: 'validation_failed',
    message: `Some records violate rules of ${model.name} (${brokenRules(model, violations)}).`,
    details: { object: model.name, violations },
  });
}

function withIndex(error: unknown, object: string, index: number | undefined): unknown {
  if (!ObjectStackError.isInstance(error)) return error;
  const { statementIndex: _, ...details } = error.details;
  if (details.guard === RECORD_EXISTS) return recordNotFound(object, index);
  const { code, message, retryable } = error;
  return new ObjectStackError({
    code,
    message,
    retryable,
    details: { ...details, ...(index !== undefined && { index }) },
  });
}

/** Runs the statements of all items in one batch. An error carries the index of its item. */
async function runItems(
  { executor, model }: WriteContext,
  items: readonly ItemStatements[],
): Promise<SqlResult[][]> {
  const owners = items.flatMap(({ index, statements }) => statements.map(() => index));
  try {
    const rest = await executor.atomic(items.flatMap(({ statements }) => statements));
    return items.map(({ statements }) => rest.splice(0, statements.length));
  } catch (error) {
    const at = ObjectStackError.isInstance(error) ? error.details.statementIndex : undefined;
    throw withIndex(error, model.name, typeof at === 'number' ? owners[at] : undefined);
  }
}

async function insertAll(
  { executor, model }: WriteContext,
  columns: readonly Columns[],
  now: string,
): Promise<SqlResult['rows']> {
  const statements =
    model.autonumbers.length > 0
      ? compileInsertNumbered(model, columns, now)
      : compileInsertMany(model, columns);
  try {
    return (await executor.atomic(statements)).flatMap(({ rows }) => rows);
  } catch (error) {
    throw withIndex(error, model.name, columns.length === 1 ? 0 : undefined);
  }
}

/** Creates all records in one batch and returns them in the order given. */
export async function createRecords(
  context: WriteContext,
  data: readonly RecordData[],
): Promise<DataRecord[]> {
  const { model, options } = context;
  assertObjects(data);
  if (data.length === 0) return [];
  const now = new Date().toISOString();
  const columns = encodeAll(context, data, (item) =>
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

/** Updates all records in one batch. If one does not exist, none is updated. */
export async function updateRecords(
  context: WriteContext,
  updates: readonly { id: string; data: RecordData }[],
): Promise<DataRecord[]> {
  const { model, options } = context;
  assertObjects(updates);
  if (updates.length === 0) return [];
  const now = new Date().toISOString();
  const items = encodeAll(context, updates, ({ id, data }, index) => {
    assertId(id);
    const columns = encodeChanges({ model, data, options, now });
    const counted = advances(model.name, givenAutonumbers(model, data), columns, now);
    return { index, statements: [...counted, ...compileUpdate(model, id, columns, 'must exist')] };
  });
  const results = await runItems(context, items);
  return results.flatMap((item) =>
    item.flatMap(({ rows }) =>
      rows[0]?.id === undefined ? [] : [decodeRecord(model.name, model.columns, rows[0])],
    ),
  );
}

export async function deleteRecords(
  { executor, model }: WriteContext,
  ids: readonly string[],
): Promise<void> {
  assertIds(ids);
  await executor.execute(compileDeleteIds(model, ids));
}

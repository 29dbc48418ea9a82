import type { DataRecord, RecordData, SqlResult, SqlStatement } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { advanceAutonumbers, givenAutonumbers } from './advance-autonumbers.js';
import { assertId, assertObjects, assertRecordData } from './assert-arguments.js';
import { compileUpdate } from './compile-update.js';
import { decodeRecord } from './decode-record.js';
import { encodeAll } from './encode-all.js';
import { encodeChanges } from './encode-changes.js';
import { withIndex } from './with-index.js';
import { changedBytes, withinQuota } from './within-quota.js';
import type { WriteContext } from './write-context.js';

/** Statements for one item of a list. */
interface ItemStatements {
  readonly index: number;
  /** Size of the values, in bytes. */
  readonly bytes: number;
  readonly statements: readonly SqlStatement[];
}

/** Runs the statements of all items in one batch. An error carries the index of its item. */
async function runItems(context: WriteContext, items: readonly ItemStatements[]): Promise<SqlResult[][]> {
  const { model } = context;
  const added = { records: 0, bytes: items.reduce((sum, { bytes }) => sum + bytes, 0) };
  const owners = items.flatMap(({ index, statements }) => statements.map(() => index));
  try {
    const all = items.flatMap(({ statements }) => statements);
    const rest = [...(await withinQuota(context, added, ({ executor }) => executor.atomic(all)))];
    return items.map(({ statements }) => rest.splice(0, statements.length));
  } catch (error) {
    const at = ObjectStackError.isInstance(error) ? error.details.statementIndex : undefined;
    throw withIndex(error, model.name, typeof at === 'number' ? owners[at] : undefined);
  }
}

/** Updates all records in one batch. If one does not exist, none is updated. */
export async function updateRecords(
  context: WriteContext,
  updates: readonly { id: string; data: RecordData }[],
): Promise<DataRecord[]> {
  const { model } = context;
  assertObjects(updates, '/updates');
  if (updates.length === 0) return [];
  const now = new Date().toISOString();
  const items = encodeAll(context, updates, ({ id, data }, { index, options }) => {
    assertId(id, `/updates/${index}/id`);
    assertRecordData(data, `/updates/${index}/data`);
    const columns = encodeChanges({ model, data, options, now });
    const counted = advanceAutonumbers(model.name, givenAutonumbers(model, data), columns, now);
    const bytes = changedBytes(columns);
    return { index, bytes, statements: [...counted, ...compileUpdate(model, id, columns, 'must exist')] };
  });
  const results = await runItems(context, items);
  return results.flatMap((item) =>
    item.flatMap(({ rows }) =>
      rows[0]?.id === undefined ? [] : [decodeRecord(model.name, model.columns, rows[0])],
    ),
  );
}

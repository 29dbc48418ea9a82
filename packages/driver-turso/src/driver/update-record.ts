import type { DataRecord, RecordData } from '@objectstack/spec/contracts';
import { advanceAutonumbers, givenAutonumbers } from './advance-autonumbers.js';
import { assertId } from './assert-arguments.js';
import { compileUpdate } from './compile-update.js';
import { encodeChanges } from './encode-changes.js';
import { recordNotFound } from './record-not-found.js';
import { changedBytes, withinQuota } from './within-quota.js';
import type { WriteContext } from './write-context.js';
import { writtenRecord } from './written-record.js';

export async function updateRecord(context: WriteContext, id: string, data: RecordData): Promise<DataRecord> {
  assertId(id);
  const { model, options } = context;
  const now = new Date().toISOString();
  const columns = encodeChanges({ model, data, options, now });
  const added = { records: 0, bytes: changedBytes(columns) };
  const statements = [
    ...advanceAutonumbers(model.name, givenAutonumbers(model, data), columns, now),
    ...compileUpdate(model, id, columns, 'may be missing'),
  ];
  const record = await withinQuota(context, added, (limited) => writtenRecord(limited, id, statements));
  if (!record) throw recordNotFound(model.name);
  return record;
}

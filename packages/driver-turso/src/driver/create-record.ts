import type { DataRecord, RecordData } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { advanceAutonumbers, compileAdvance } from './advance-autonumbers.js';
import { compileInsert } from './compile-insert.js';
import { encodeNewRecord } from './encode-new-record.js';
import { explainExhaustedIds } from './explain-exhausted-ids.js';
import { numberedFields } from './numbered-field.js';
import { valueBytes, withinQuota } from './within-quota.js';
import type { WriteContext } from './write-context.js';
import { writtenRecord } from './written-record.js';

export async function createRecord(context: WriteContext, data: RecordData): Promise<DataRecord> {
  const { model, options } = context;
  const now = new Date().toISOString();
  const columns = encodeNewRecord({ model, data, options, now });
  const numbered = numberedFields(model, columns, now);
  const added = { records: 1, bytes: valueBytes(columns) };
  const statements = [
    ...advanceAutonumbers(model.name, model.autonumbers, columns, now),
    ...numbered.map((field) => compileAdvance(field.sequenceId, null, now)),
    compileInsert(model, columns, numbered),
  ];
  const record = await withinQuota(context, added, (limited) =>
    writtenRecord(limited, columns.id, statements),
  ).catch(async (error) => {
    throw await explainExhaustedIds(context, [columns], error);
  });
  if (!record) throw new ObjectStackError({ code: 'internal', message: 'An insert returned no record.' });
  return record;
}

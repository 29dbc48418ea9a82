import type { DataRecord, RecordData, RecordViolation } from '@objectstack/spec/contracts';
import { encodeValue, type QueryInput } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';
import { assertList, assertRecordData } from './assert-arguments.js';
import { compileFind } from './compile-find.js';
import { createRecord } from './create-record.js';
import { explainViolations, violationsText } from './explain-violations.js';
import type { ObjectModel } from './object-model.js';
import { ownValue } from './own-value.js';
import { updateRecord } from './update-record.js';
import type { WriteContext } from './write-context.js';

/** Keys must have plain values, because an object would be interpreted as conditions. */
function violationOf(model: ObjectModel, key: string, value: unknown): RecordViolation[] {
  const field = model.fields.get(key);
  if (!field) return [{ field: key, rule: 'unknown_field' }];
  if (value === undefined || value === null) return [{ field: key, rule: 'required' }];
  if (field.storage.comparand === 'presence') return [{ field: key, rule: 'type' }];
  const encoded = encodeValue(field.storage.encoding, value);
  return 'rule' in encoded ? [{ field: key, rule: encoded.rule }] : [];
}

function keyQuery({ model }: WriteContext, data: RecordData, keys: readonly string[]): QueryInput {
  assertRecordData(data);
  assertList(keys, '/conflictKeys');
  const found = keys.flatMap((key) => violationOf(model, key, ownValue(data, key)));
  if (found.length > 0 || keys.length === 0) {
    const violations = explainViolations(model, found);
    const text = violationsText(violations);
    throw new ObjectStackError({
      code: 'validation_failed',
      message: `An upsert requires a plain value for every key${text && ` (${text})`}.`,
      details: { object: model.name, violations },
    });
  }
  const where = Object.fromEntries(keys.map((key) => [key, { $eq: data[key] as string }]));
  return { where, fields: ['id'], limit: 2 };
}

/** Id, creation time and autonumbers do not change. */
function withoutIdentity({ model }: WriteContext, data: RecordData, keys: readonly string[]): RecordData {
  const kept = new Set(['id', 'created_at', ...model.autonumbers.map(({ name }) => name), ...keys]);
  return Object.fromEntries(Object.entries(data).filter(([name]) => !kept.has(name)));
}

/** Must run inside a transaction, so that there is no write between the lookup and the upsert. */
export async function upsertRecord(
  context: WriteContext,
  data: RecordData,
  keys: readonly string[],
): Promise<DataRecord> {
  const query = keyQuery(context, data, keys);
  const { rows } = await context.executor.read(compileFind(context.model, query).statement);
  if (rows.length > 1) {
    throw new ObjectStackError({
      code: 'unique_violation',
      message: `Several records of ${context.model.name} have these key values (${keys.join(', ')}).`,
      details: { object: context.model.name, fields: [...keys] },
    });
  }
  const id = rows[0]?.id;
  if (id === undefined) return createRecord(context, data);
  return updateRecord(context, String(id), withoutIdentity(context, data, keys));
}

import type { DataRecord, SqlResult, SqlValue } from '@objectstack/spec/contracts';
import type { FieldEncoding } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';
import { readJson } from '../schema/stored-json.js';
import type { FieldModel } from './object-model.js';

/** A value of a column as it stands in a record. */
function decodeValue(encoding: FieldEncoding, value: SqlValue | undefined): JsonValue {
  if (value === null || value === undefined) return null;
  if (encoding === 'boolean') return value === 1 || value === 1n;
  if (encoding === 'number') return Number(value);
  if (encoding === 'json') return readJson(String(value)) as JsonValue;
  return String(value);
}

/** A row as a record with the given fields. */
export function decodeRecord(columns: readonly FieldModel[], row: SqlResult['rows'][number]): DataRecord {
  const record: DataRecord = { id: String(row.id) };
  for (const { name, storage } of columns) record[name] = decodeValue(storage.encoding, row[name]);
  return record;
}

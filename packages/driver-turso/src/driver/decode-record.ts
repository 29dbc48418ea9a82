import type { DataRecord, SqlResult, SqlValue, ValueRow } from '@objectstack/spec/contracts';
import type { FieldEncoding } from '@objectstack/spec/data';
import { type JsonValue, ObjectStackError } from '@objectstack/spec/shared';
import type { ValueColumn } from './compile-aggregation.js';
import type { FieldModel } from './object-model.js';

type Row = SqlResult['rows'][number];

/** Somebody wrote into the table what its metadata does not allow. */
class UnexpectedValue extends Error {}

function decodeNumber(value: SqlValue): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  throw new UnexpectedValue();
}

function decodeBoolean(value: SqlValue): boolean {
  if (value === 1 || value === 1n) return true;
  if (value === 0 || value === 0n) return false;
  throw new UnexpectedValue();
}

function decodeText(value: SqlValue): string {
  if (typeof value === 'string') return value;
  throw new UnexpectedValue();
}

function decodeJson(value: SqlValue): JsonValue {
  try {
    return JSON.parse(decodeText(value)) as JsonValue;
  } catch {
    throw new UnexpectedValue();
  }
}

const DECODERS: Partial<Record<FieldEncoding, (value: SqlValue) => JsonValue>> = {
  number: decodeNumber,
  boolean: decodeBoolean,
  json: decodeJson,
};

/** A value of a column as it stands in a record. */
function decodeValue({ storage }: FieldModel, value: SqlValue | undefined): JsonValue {
  if (value === null || value === undefined) return null;
  return (DECODERS[storage.encoding] ?? decodeText)(value);
}

function unexpected(error: unknown, facts: { object: string; field: string; id?: string }): unknown {
  if (!(error instanceof UnexpectedValue)) return error;
  return new ObjectStackError({
    code: 'database_invalid',
    message: `${facts.field} of ${facts.object} holds something that its metadata does not allow.`,
    details: facts,
  });
}

/** A row as a record with the given fields. Throws `database_invalid` for a value that is of another kind. */
export function decodeRecord(object: string, columns: readonly FieldModel[], row: Row): DataRecord {
  const id = String(row.id);
  const record: DataRecord = { id };
  for (const column of columns) {
    try {
      record[column.name] = decodeValue(column, row[column.name]);
    } catch (error) {
      throw unexpected(error, { object, field: column.name, id });
    }
  }
  return record;
}

/** The items of a list as they stand in records; numbers come as text. */
function decodeItems(items: FieldModel, value: SqlValue | undefined): JsonValue {
  const list = decodeJson(value ?? '[]') as (string | number | null)[];
  const isNumber = items.storage.encoding === 'number';
  return list.map((item) => decodeValue(items, isNumber && item !== null ? Number(item) : item));
}

/** A row of values. Throws like {@link decodeRecord}. */
export function decodeValues(object: string, columns: readonly ValueColumn[], row: Row): ValueRow {
  const values: ValueRow = {};
  for (const { name, field, items } of columns) {
    try {
      values[name] = items ? decodeItems(items, row[name]) : decodeValue(field, row[name]);
    } catch (error) {
      throw unexpected(error, { object, field: name });
    }
  }
  return values;
}

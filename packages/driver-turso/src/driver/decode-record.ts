import type { DataRecord, SqlResult, SqlValue, ValueRow } from '@objectstack/spec/contracts';
import type { FieldStorage } from '@objectstack/spec/data';
import { type JsonValue, ObjectStackError } from '@objectstack/spec/shared';
import type { ValueColumn } from './compile-aggregation.js';
import type { FieldModel } from './object-model.js';
import { isIntegerIdField } from './selected-column.js';

type Row = SqlResult['rows'][number];

/** The error for a stored value that the metadata does not allow, for example one written by another client. */
class UnexpectedValue extends Error {}

function decodeNumber(value: SqlValue): number {
  // SQLite stores negative zero as zero.
  if (typeof value === 'number') return value + 0;
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

/** In an adopted column of a numeric affinity, the JSON text of a number is stored as the number. */
function decodeJson(value: SqlValue): JsonValue {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  try {
    return JSON.parse(decodeText(value)) as JsonValue;
  } catch {
    throw new UnexpectedValue();
  }
}

const DECODERS = {
  text: decodeText,
  number: decodeNumber,
  boolean: decodeBoolean,
  json: decodeJson,
  none: decodeText,
} satisfies Record<FieldStorage['value'], (value: SqlValue) => JsonValue>;

/** Decodes the value of a column for a record. */
function decodeValue({ storage }: FieldModel, value: SqlValue | undefined): JsonValue {
  if (value === null || value === undefined) return null;
  return DECODERS[storage.value](value);
}

function unexpected(error: unknown, facts: { object: string; field: string; id?: string }): unknown {
  if (!(error instanceof UnexpectedValue)) return error;
  return new ObjectStackError({
    code: 'database_invalid',
    message: `${facts.field} of ${facts.object} contains a value that its metadata does not allow.`,
    details: facts,
  });
}

/** Decodes a row to a record with the given fields. Throws `database_invalid` for a value of another type. */
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

type Item = string | number | null;

/** Compares values as the database does: null first, numbers by value, texts by their bytes. */
function compareItems(a: Item, b: Item): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}

/** Compares integer ids by value. */
function compareIds(a: Item, b: Item): number {
  if (a === null || b === null) return compareItems(a, b);
  const difference = BigInt(a) - BigInt(b);
  return Number(difference > 0n) - Number(difference < 0n);
}

/** The sorted items of a list, decoded for a record. Numbers are stored as text. */
function decodeItems(
  { items, isJoined }: ValueColumn & { items: FieldModel },
  value: SqlValue | undefined,
): JsonValue {
  const raw = decodeJson(value ?? '[]') as Item[];
  const isNumber = items.storage.value === 'number';
  const numbers = raw.map((item) => (isNumber && item !== null ? Number(item) : item));
  const sorted = numbers.sort(isIntegerIdField(items) ? compareIds : compareItems);
  if (!isJoined) return sorted.map((item) => decodeValue(items, item));
  const texts = sorted.filter((item) => item !== null);
  return texts.length === 0 ? null : texts.join(',');
}

const isList = (column: ValueColumn): column is ValueColumn & { items: FieldModel } =>
  column.items !== undefined;

/** Decodes a row of values. Throws like {@link decodeRecord}. */
export function decodeValues(object: string, columns: readonly ValueColumn[], row: Row): ValueRow {
  const values: ValueRow = {};
  for (const column of columns) {
    const value = row[column.name];
    try {
      values[column.name] = isList(column) ? decodeItems(column, value) : decodeValue(column.field, value);
    } catch (error) {
      throw unexpected(error, { object, field: column.name });
    }
  }
  return values;
}

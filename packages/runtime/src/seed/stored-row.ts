import type { SqlValue } from '@objectstack/spec/contracts';
import * as z from 'zod';

const StoredValueSchema = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.object({ integer: z.string() }),
  z.object({ bytes: z.base64() }),
]);

/** Lossless JSON form of a table row: columns store more kinds of values than records. */
export const StoredRowSchema = z.record(z.string(), StoredValueSchema);
export type StoredRow = z.infer<typeof StoredRowSchema>;

function toStored(value: SqlValue): z.infer<typeof StoredValueSchema> {
  if (typeof value === 'bigint') return { integer: String(value) };
  if (typeof value === 'boolean') return Number(value);
  return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString('base64') } : value;
}

function fromStored(value: z.infer<typeof StoredValueSchema>): SqlValue {
  if (value === null || typeof value !== 'object') return value;
  return 'integer' in value ? BigInt(value.integer) : new Uint8Array(Buffer.from(value.bytes, 'base64'));
}

export function toStoredRow(row: Readonly<Record<string, SqlValue>>): StoredRow {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toStored(value)]));
}

export function fromStoredRow(row: StoredRow): Record<string, SqlValue> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, fromStored(value)]));
}

import type { DataRecord } from '../contracts/driver-call.js';
import { decodeValue } from '../data/decode-value.js';
import type { ObjectModel, StoredRow } from './object-model.js';

/** Returns the record of a row with all stored fields; undefined if there is no row. */
export function decodeRow(model: Pick<ObjectModel, 'stored'>, row: StoredRow): DataRecord;
export function decodeRow(
  model: Pick<ObjectModel, 'stored'>,
  row: StoredRow | undefined,
): DataRecord | undefined;
export function decodeRow(
  { stored }: Pick<ObjectModel, 'stored'>,
  row: StoredRow | undefined,
): DataRecord | undefined {
  if (row === undefined) return undefined;
  const values = [...stored].map(([name, { storage }]) => [name, decodeValue(storage, row[name] ?? null)]);
  return Object.fromEntries(values);
}

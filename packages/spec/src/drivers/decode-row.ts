import type { DataRecord } from '../contracts/driver-call.js';
import { decodeValue } from '../data/decode-value.js';
import type { ObjectModel, StoredRow } from './object-model.js';

/** The record of a row, with every stored field. */
export function decodeRow({ stored }: Pick<ObjectModel, 'stored'>, row: StoredRow): DataRecord {
  const values = [...stored].map(([name, { storage }]) => [name, decodeValue(storage, row[name] ?? null)]);
  return Object.fromEntries(values);
}

import type { DriverOptions, RecordData } from '../contracts/driver-call.js';
import { checkNewRecord } from '../data/check-record.js';
import { acceptRecord } from './accept-record.js';
import { assertRecordData } from './assert-arguments.js';
import { newRecordId } from './new-record-id.js';
import type { ObjectModel, StoredRow } from './object-model.js';

/**
 * Returns the row of a new record with the given values, defaults, id and timestamps, but without autonumbers. Throws
 * `validation_failed`, and `invalid_request` if the values are not an object.
 */
export function newRow(model: ObjectModel, data: RecordData, options: DriverOptions = {}): StoredRow {
  assertRecordData(data);
  const context = { ...options, id: newRecordId(), now: new Date().toISOString() };
  const values = acceptRecord(model.name, checkNewRecord(model.fields, data, context), options);
  return Object.fromEntries([...model.stored.keys()].map((name) => [name, values.get(name) ?? null]));
}

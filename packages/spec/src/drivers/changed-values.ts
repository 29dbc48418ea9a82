import type { DriverOptions, RecordData } from '../contracts/driver-call.js';
import { checkChanges } from '../data/check-record.js';
import { acceptRecord } from './accept-record.js';
import { assertRecordData } from './assert-arguments.js';
import type { ObjectModel, StoredRow } from './object-model.js';

/**
 * Returns the values that an update stores, including `updated_at`. Throws `validation_failed`, and `invalid_request`
 * if the changes are not an object.
 */
export function changedValues(model: ObjectModel, data: RecordData, options: DriverOptions = {}): StoredRow {
  assertRecordData(data);
  const context = { ...options, now: new Date().toISOString() };
  return Object.fromEntries(acceptRecord(model.name, checkChanges(model.fields, data, context), options));
}

import type { DriverOptions, RecordData } from '../contracts/driver-call.js';
import { checkNewRecord, type RecordWriteContext } from '../data/check-record.js';
import { acceptRecord } from './accept-record.js';
import { assertListOf, assertRecordData } from './assert-arguments.js';
import { newRecordId } from './new-record-id.js';
import type { ObjectModel, StoredRow } from './object-model.js';
import { rejection } from './rejection.js';

/** Options of a call that creates records, and how their defaults are evaluated. */
export interface NewRowOptions extends DriverOptions {
  /**
   * Evaluates defaults that are expressions: `defaultFromExpression` of `@objectstack/expressions`, for drivers that declare
   * `expressionDefaults`. If omitted, such a field has no default.
   */
  evaluate?: RecordWriteContext['evaluate'];
}

function checkedRow(model: ObjectModel, data: RecordData, options: NewRowOptions) {
  const context = { ...options, id: newRecordId(), now: new Date().toISOString() };
  return checkNewRecord(model.fields, data, context);
}

function rowOf({ stored }: ObjectModel, values: ReadonlyMap<string, StoredRow[string]>): StoredRow {
  return Object.fromEntries([...stored.keys()].map((name) => [name, values.get(name) ?? null]));
}

/**
 * Returns the row of a new record: given values, defaults, id and timestamps, with every stored field, but no autonumbers. All of
 * it is `assertRecordData`, `checkNewRecord` with `newRecordId` and the time, and `acceptRecord`; a value that is still
 * missing is null. Throws `validation_failed`, also for records that are too large, and `invalid_request` if the values are
 * not an object.
 */
export function newRow(model: ObjectModel, data: RecordData, options: NewRowOptions = {}): StoredRow {
  assertRecordData(data);
  return rowOf(model, acceptRecord(model.name, checkedRow(model, data, options), options));
}

/**
 * Returns the rows of new records, in the order of the input, for `bulkCreate`. Throws like `newRow`; `validation_failed` lists the violations of all
 * records, each with the `index` of its record.
 */
export function newRows(
  model: ObjectModel,
  data: readonly RecordData[],
  options: NewRowOptions = {},
): StoredRow[] {
  assertListOf(data, '/data', assertRecordData);
  const checked = data.map((one) => checkedRow(model, one, options));
  const violations = checked.flatMap((one, index) => one.violations.map((found) => ({ ...found, index })));
  if (violations.length > 0) throw rejection('validation_failed', { object: model.name, violations });
  return checked.map((one, index) => {
    const permitted = one.permitted.map((found) => ({ ...found, index }));
    return rowOf(model, acceptRecord(model.name, { ...one, permitted }, options));
  });
}

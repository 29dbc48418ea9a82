import type { DriverOptions, RecordData } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

function invalid(message: string): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_request', message });
}

/** Throws `invalid_request` unless the value is an object of values by field name, which excludes a Map or a Promise. */
export function assertRecordData(data: unknown): asserts data is RecordData {
  if (Object.prototype.toString.call(data) !== '[object Object]')
    throw invalid('The values of a record must be an object with field names as keys.');
}

export function assertId(id: unknown): asserts id is string {
  if (typeof id !== 'string') throw invalid('The id of a record must be a string.');
  if (!isStorableText(id))
    throw invalid('The id of a record must be a string without NUL characters and unpaired surrogates.');
}

export function assertObjectName(name: unknown): asserts name is string {
  if (typeof name !== 'string') throw invalid('The name of an object must be a string.');
}

export function assertIds(ids: unknown): asserts ids is readonly string[] {
  assertList(ids);
  Array.from(ids).forEach(assertId);
}

export function assertList(items: unknown): asserts items is readonly unknown[] {
  if (!Array.isArray(items)) throw invalid('A list is required.');
}

/** Throws `invalid_request` unless the value is a list without holes whose items are objects. */
export function assertObjects(items: unknown): asserts items is readonly object[] {
  assertList(items);
  Array.from(items).forEach(assertRecordData);
}

function isSignal(signal: unknown): boolean {
  return signal === undefined || signal instanceof EventTarget;
}

export function assertOptions(options: unknown): asserts options is Pick<DriverOptions, 'signal'> {
  assertRecordData(options);
  if (!isSignal(options.signal)) throw invalid('The signal must be an AbortSignal.');
}

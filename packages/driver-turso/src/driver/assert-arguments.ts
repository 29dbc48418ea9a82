import type { DriverOptions, RecordData } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

function invalid(message: string): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_request', message });
}

/** Throws `invalid_request` for what is no map of values by field; a Map or a Promise has its values elsewhere. */
export function assertRecordData(data: unknown): asserts data is RecordData {
  if (Object.prototype.toString.call(data) !== '[object Object]')
    throw invalid('The values of a record are an object by field name.');
}

export function assertId(id: unknown): asserts id is string {
  if (typeof id !== 'string') throw invalid('The id of a record is a text.');
  if (!isStorableText(id))
    throw invalid('The id of a record is a text without NUL or half of a surrogate pair.');
}

export function assertObjectName(name: unknown): asserts name is string {
  if (typeof name !== 'string') throw invalid('The name of an object is a text.');
}

export function assertIds(ids: unknown): asserts ids is readonly string[] {
  assertList(ids);
  Array.from(ids).forEach(assertId);
}

export function assertList(items: unknown): asserts items is readonly unknown[] {
  if (!Array.isArray(items)) throw invalid('A list is required.');
}

/** A list without holes, each item an object. */
export function assertObjects(items: unknown): asserts items is readonly object[] {
  assertList(items);
  Array.from(items).forEach(assertRecordData);
}

function isSignal(signal: unknown): boolean {
  return signal === undefined || signal instanceof EventTarget;
}

export function assertOptions(options: unknown): asserts options is Pick<DriverOptions, 'signal'> {
  assertRecordData(options);
  if (!isSignal(options.signal)) throw invalid('The signal is no AbortSignal.');
}

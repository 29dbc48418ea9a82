import type { DriverOptions, RecordData } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError } from '@objectstack/spec/shared';

function invalid(message: string, path: string): ObjectStackError {
  return new ObjectStackError({
    code: 'invalid_request',
    message: `${message.slice(0, -1)} (at ${path}).`,
    details: { path },
  });
}

/** Throws `invalid_request` with the path unless the value is an object of values by field name, which excludes a Map or a Promise. */
export function assertRecordData(data: unknown, path = '/data'): asserts data is RecordData {
  if (Object.prototype.toString.call(data) !== '[object Object]')
    throw invalid('The value must be a plain object.', path);
}

export function assertId(id: unknown, path = '/id'): asserts id is string {
  if (typeof id !== 'string') throw invalid('The id of a record must be a string.', path);
  if (!isStorableText(id))
    throw invalid(
      'The id of a record must be a string without NUL characters and unpaired surrogates.',
      path,
    );
}

export function assertObjectName(name: unknown): asserts name is string {
  if (typeof name !== 'string') throw invalid('The name of an object must be a string.', '/object');
}

export function assertIds(ids: unknown, path: string): asserts ids is readonly string[] {
  assertList(ids, path);
  for (const [index, id] of ids.entries()) assertId(id, `${path}/${index}`);
}

export function assertList(items: unknown, path: string): asserts items is readonly unknown[] {
  if (!Array.isArray(items)) throw invalid('A list is required.', path);
}

/** Throws `invalid_request` unless the value is a list without holes whose items are objects. */
export function assertObjects(items: unknown, path: string): asserts items is readonly object[] {
  assertList(items, path);
  for (const [index, item] of items.entries()) assertRecordData(item, `${path}/${index}`);
}

function isSignal(signal: unknown): boolean {
  return signal === undefined || signal instanceof EventTarget;
}

export function assertOptions(options: unknown): asserts options is Pick<DriverOptions, 'signal'> {
  assertRecordData(options, '/options');
  if (!isSignal(options.signal)) throw invalid('The signal must be an AbortSignal.', '/options/signal');
}

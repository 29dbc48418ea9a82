import { isStorableText } from '../data/encode-text.js';
import { isPlainObject } from '../shared/is-plain-object.js';
import { rejection } from './rejection.js';

/** Throws `invalid_request` with the path of the argument unless the condition holds. */
function demand(condition: boolean, path: string): asserts condition {
  if (!condition) throw rejection('invalid_request', { path });
}

/** Throws `invalid_request` unless the argument is an object, such as the values of a record. */
export function assertRecordData(data: unknown, path = '/data'): asserts data is Record<string, unknown> {
  demand(isPlainObject(data), path);
}

/** Throws `invalid_request` unless the argument is a string that can be stored as an id. */
export function assertRecordId(id: unknown, path = '/id'): asserts id is string {
  demand(typeof id === 'string' && isStorableText(id), path);
}

/** Throws `invalid_request` unless the argument is a list whose items pass the check. Holes are checked too. */
export function assertListOf(
  list: unknown,
  path: string,
  check: (item: unknown, path: string) => void,
): asserts list is readonly unknown[] {
  demand(Array.isArray(list), path);
  for (const [index, item] of list.entries()) check(item, `${path}/${index}`);
}

/** Throws `invalid_request` unless the argument is a list of updates, each with an id and values. */
export function assertUpdates(
  updates: unknown,
): asserts updates is readonly { readonly id: string; readonly data: Record<string, unknown> }[] {
  assertListOf(updates, '/updates', (update, path) => {
    assertRecordData(update, path);
    assertRecordId(update.id, `${path}/id`);
    assertRecordData(update.data, `${path}/data`);
  });
}

/** Throws `invalid_request` unless the argument is the options of a call. */
export function assertCallOptions(options: unknown): asserts options is { signal?: AbortSignal } {
  demand(isPlainObject(options), '/options');
  demand(options.signal === undefined || options.signal instanceof AbortSignal, '/options/signal');
}

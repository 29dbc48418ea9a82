import { isStorableText } from '@objectstack/spec/data';
import { memoryError } from './memory-error.js';

/** Throws `invalid_request` with the path of the argument unless the condition holds. */
function demand(condition: boolean, path: string): asserts condition {
  if (!condition) throw memoryError('invalid_request', { path });
}

export function assertData(data: unknown, path = '/data'): asserts data is Record<string, unknown> {
  demand(Object.prototype.toString.call(data) === '[object Object]', path);
}

export function assertId(id: unknown, path = '/id'): asserts id is string {
  demand(typeof id === 'string' && isStorableText(id), path);
}

export function assertObjectName(name: unknown): asserts name is string {
  demand(typeof name === 'string', '/object');
}

export function assertList(list: unknown, path: string): asserts list is readonly unknown[] {
  demand(Array.isArray(list), path);
}

/** A list of ids without holes. */
export function assertIds(list: unknown, path: string): asserts list is readonly string[] {
  assertList(list, path);
  for (const [index, id] of list.entries()) assertId(id, `${path}/${index}`);
}

/** A list of objects without holes. */
export function assertObjects(list: unknown, path: string): asserts list is readonly object[] {
  assertList(list, path);
  for (const [index, item] of list.entries()) assertData(item, `${path}/${index}`);
}

export function assertOptions(options: unknown): void {
  assertData(options, '/options');
  demand(options.signal === undefined || options.signal instanceof EventTarget, '/options/signal');
}

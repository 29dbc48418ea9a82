import { memoryError } from './memory-error.js';

/** Throws `invalid_request` unless the condition holds for an argument. */
function demand(condition: boolean): asserts condition {
  if (!condition) throw memoryError('invalid_request');
}

export function assertData(data: unknown): asserts data is Record<string, unknown> {
  demand(Object.prototype.toString.call(data) === '[object Object]');
}

export function assertId(id: unknown): asserts id is string {
  demand(typeof id === 'string');
}

export function assertList(list: unknown): asserts list is readonly unknown[] {
  demand(Array.isArray(list));
}

/** A list of objects without holes. */
export function assertObjects(list: unknown): asserts list is readonly object[] {
  assertList(list);
  Array.from(list).forEach(assertData);
}

export function assertOptions(options: unknown): void {
  assertData(options);
  demand(options.signal === undefined || options.signal instanceof EventTarget);
}

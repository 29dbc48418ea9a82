import type { CallOptions } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

function invalid(message: string): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_request', message });
}

/** Reads every property once; a getter or a proxy of the caller's may throw, at once or the next time. */
function copyOf<T extends object>(options: T): T {
  try {
    if (Object.prototype.toString.call(options) === '[object Object]') return { ...options };
  } catch {
    throw invalid('The options of the call cannot be read. Pass a plain object.');
  }
  throw invalid('The options of the call are not an object.');
}

/** A copy of the options that a caller passed, none as an empty object; or `invalid_request`. */
export function readOptions<T extends CallOptions>(options: T | undefined): Partial<T> {
  if (options === undefined) return {};
  const copy = copyOf(options);
  if (copy.signal !== undefined && !(copy.signal instanceof EventTarget))
    throw invalid('The signal is no AbortSignal.');
  return copy;
}

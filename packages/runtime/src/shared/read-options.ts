import type { CallOptions } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';

function invalid(message: string): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_request', message });
}

/** Reads every property once; a getter or proxy of the caller may throw, or return another value later. */
function copyOf<T extends object>(options: T): T {
  try {
    if (Object.prototype.toString.call(options) === '[object Object]') return { ...options };
  } catch {
    throw invalid('Reading the options of the call failed. Pass a plain object.');
  }
  throw invalid('The options of the call are not a plain object. Pass one, or omit them.');
}

/** Copies the options of a call; absent options are an empty object. Throws `invalid_request`. */
export function readOptions<T extends CallOptions>(options: T | undefined): Partial<T> {
  if (options === undefined) return {};
  const copy = copyOf(options);
  if (copy.signal !== undefined && !(copy.signal instanceof EventTarget))
    throw invalid('The option signal is not an AbortSignal. Pass the signal of an AbortController.');
  return copy;
}

import type { CallOptions } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
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

const MOST_CHARACTERS = 255;

const isIdentifier = (value: unknown) =>
  value === undefined ||
  (typeof value === 'string' && value.length <= MOST_CHARACTERS && isStorableText(value));

/** Copies the options of a call; absent options are an empty object. Throws `invalid_request`. */
export function readOptions<T extends CallOptions>(options: T | undefined): Partial<T> {
  if (options === undefined) return {};
  const copy = copyOf(options);
  if (copy.signal !== undefined && !(copy.signal instanceof EventTarget))
    throw invalid('The option signal is not an AbortSignal. Pass the signal of an AbortController.');
  for (const name of ['actor', 'requestId'] as const)
    if (!isIdentifier(copy[name]))
      throw invalid(
        `The option ${name} is not a string of at most ${MOST_CHARACTERS} characters without NUL characters and lone surrogates.`,
      );
  return copy;
}

import { ObjectStackError } from '@objectstack/spec/shared';
import { configure } from 'safe-stable-stringify';
import { sha256 } from './sha256.js';

/** Throws for what is no JSON: NaN, a BigInt, a circle. */
const stringify = configure({ strict: true });

/** Half a surrogate pair, which stands escaped in JSON text; an even number of backslashes before it are its neighbor's. */
const HALF_PAIR = /(?:^|[^\\])(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;

/** The text, or nothing where there is none. */
function attempt(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return undefined;
  }
}

/** JSON text after RFC 8785: equal values have equal bytes. */
export function canonicalJson(value: unknown): string {
  const text = attempt(() => stringify(value));
  if (text === undefined || HALF_PAIR.test(text))
    throw new ObjectStackError({ code: 'invalid_request', message: 'A value cannot be written as JSON.' });
  return text;
}

/** Whether two values are the same JSON. Most often they are so to the letter, and need no sorting. */
export function isSameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b);
}

/** SHA-256 over canonical JSON, as 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

import { ObjectStackError } from '@objectstack/spec/shared';
import canonicalize from 'canonicalize';
import { sha256 } from './sha256.js';

/** The text, or nothing where there is none: for half a surrogate pair, NaN, a BigInt. */
function attempt(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return undefined;
  }
}

/** JSON text after RFC 8785: equal values have equal bytes. */
export function canonicalJson(value: unknown): string {
  const text = attempt(() => canonicalize(value));
  if (text === undefined)
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

import { ObjectStackError } from '@objectstack/spec/shared';
import { configure } from 'safe-stable-stringify';
import { sha256 } from './sha256.js';

/** Throws for a value that is not JSON: NaN, a BigInt, a circular reference. */
const stringify = configure({ strict: true });

/**
 * A lone surrogate, which JSON text contains as an escape sequence. An even number of backslashes before it are escaped
 * backslashes.
 */
const LONE_SURROGATE = /(?:^|[^\\])(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/;

/** The written text; undefined if writing fails. */
function attempt(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return undefined;
  }
}

/** Canonical JSON text (RFC 8785): equal values have equal bytes. */
export function canonicalJson(value: unknown): string {
  const text = attempt(() => stringify(value));
  if (text === undefined || LONE_SURROGATE.test(text))
    throw new ObjectStackError({ code: 'invalid_request', message: 'A value is not JSON.' });
  return text;
}

/**
 * Whether two values are equal as JSON. The text is compared first, because equal values usually have the same key
 * order.
 */
export function isSameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b) || canonicalJson(a) === canonicalJson(b);
}

/** SHA-256 over canonical JSON, as 64 hexadecimal digits. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value));
}

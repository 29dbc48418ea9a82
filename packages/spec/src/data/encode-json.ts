import { withinMaxBytes } from './encode-text.js';
import { type EncodedValue, WRONG_TYPE } from './encoded-value.js';

const MAX_DEPTH = 64;

function isJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth > MAX_DEPTH) return false;
  if (Array.isArray(value)) return Array.from(value).every((item) => isJson(item, depth + 1));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every((item) => item === undefined || isJson(item, depth + 1));
}

/** Encodes a JSON value as JSON text. Its texts may contain NUL and lone surrogates, which are escaped. */
export function encodeJson(value: unknown): EncodedValue {
  return isJson(value) ? withinMaxBytes(JSON.stringify(value)) : WRONG_TYPE;
}

import type { EncodedValue } from './encoded-value.js';
import { encodingFacts, type ValueEncoding } from './field-types.js';

/** Encodes a value for its column, or returns the rule that it violates. Null and undefined yield NULL. */
export function encodeValue(encoding: ValueEncoding, value: unknown): EncodedValue {
  if (value === null || value === undefined) return { value: null };
  return encodingFacts(encoding).encode(value);
}

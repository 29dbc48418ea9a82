import { type EncodedValue, WRONG_TYPE } from './encoded-value.js';

const DECIMAL = /^(?:0|-?[1-9][0-9]{0,18})$/;
const LARGEST = 2n ** 63n - 1n;
const SMALLEST = -(2n ** 63n);

/**
 * Returns whether a text is an integer of 64 bits in decimal notation. Exactly one text denotes each integer, so that
 * ids can be compared as texts.
 */
export function isIntegerId(text: string): boolean {
  if (!DECIMAL.test(text)) return false;
  const value = BigInt(text);
  return value >= SMALLEST && value <= LARGEST;
}

/** Encodes an integer id. It remains a text, because a number has no more than 53 bits. */
export function encodeIntegerId(value: unknown): EncodedValue {
  if (typeof value !== 'string') return WRONG_TYPE;
  return isIntegerId(value) ? { value } : { rule: 'format' };
}

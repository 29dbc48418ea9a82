import { LIMITS } from '../shared/limits.js';
import { type EncodedValue, WRONG_TYPE } from './encoded-value.js';

const LONE_SURROGATE = /\p{Surrogate}/u;
const MOST_BYTES_PER_UNIT = 3;

/**
 * Returns whether a database returns the string unchanged. A database would truncate a string at NUL and replace an
 * unpaired surrogate.
 */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && !LONE_SURROGATE.test(text);
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0x80) bytes += 1;
    // A lone surrogate; a surrogate pair has four bytes in UTF-8.
    if (unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff)) bytes += 1;
  }
  return bytes;
}

/** Whether the text exceeds the maximum size of a value. Texts whose length alone decides are not scanned. */
function isTooLarge(text: string): boolean {
  const { length } = text;
  if (length > LIMITS.maxValueBytes) return true;
  return length * MOST_BYTES_PER_UNIT > LIMITS.maxValueBytes && utf8Length(text) > LIMITS.maxValueBytes;
}

/** The text as a stored value, or `max_bytes` if it exceeds the maximum size of a value. */
export const withinMaxBytes = (text: string): EncodedValue =>
  isTooLarge(text) ? { rule: 'max_bytes' } : { value: text };

/** Encodes text for its column. */
export function encodeText(value: unknown): EncodedValue {
  if (typeof value !== 'string') return WRONG_TYPE;
  const encoded = withinMaxBytes(value);
  return 'rule' in encoded || isStorableText(value) ? encoded : { rule: 'format' };
}

import { LIMITS } from '../shared/limits.js';

/** Bytes that UTF-8 needs at most for a UTF-16 code unit. */
const MOST_BYTES_PER_UNIT = 3;

const textsIn = (values: ReadonlyMap<string, unknown>) =>
  [...values].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  );

/**
 * Returns the name of the field with the largest value if the text and JSON values that a write gives to a record
 * together exceed `LIMITS.maxRecordBytes`; otherwise undefined. The value of this field violates the rule `max_bytes`.
 * Most records need no scan.
 */
export function beyondRecordLimit(values: ReadonlyMap<string, unknown>): string | undefined {
  let units = 0;
  for (const value of values.values()) if (typeof value === 'string') units += value.length;
  if (units * MOST_BYTES_PER_UNIT <= LIMITS.maxRecordBytes) return undefined;
  const encoder = new TextEncoder();
  const sizes = textsIn(values).map(([name, text]) => ({ name, bytes: encoder.encode(text).length }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= LIMITS.maxRecordBytes) return undefined;
  return sizes.reduce((largest, one) => (one.bytes > largest.bytes ? one : largest)).name;
}

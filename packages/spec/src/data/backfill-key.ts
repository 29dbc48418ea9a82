import { encodeValue } from './encode-value.js';
import type { FieldEncoding } from './field-types.js';

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false, 1: true, 0: false };

/** The value that a text names, of the JavaScript type that the encoding takes. */
function valueNamed(encoding: FieldEncoding, key: string): unknown {
  if (encoding === 'boolean') return Object.hasOwn(BOOLEANS, key) ? BOOLEANS[key] : key;
  if (encoding === 'number') return key.trim() === '' ? key : Number(key);
  return key;
}

/**
 * The stored form of the value that a key of a backfill table names: keys are texts, and the same value can be written in
 * several ways, such as `1` and `1.0`, or a timestamp with and without milliseconds. Undefined if no field with this
 * encoding stores such a value, or if a table cannot name its values.
 */
export function backfillKey(encoding: FieldEncoding, key: string): string | number | undefined {
  if (encoding === 'json') return undefined;
  const encoded = encodeValue(encoding, valueNamed(encoding, key));
  return 'value' in encoded ? (encoded.value ?? undefined) : undefined;
}

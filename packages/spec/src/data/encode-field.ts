import { encodeValue } from './encode-value.js';
import type { EncodedValue } from './encoded-value.js';
import { encodingFacts } from './field-types.js';
import type { ValueModel } from './field-value.js';

/** Converts an item to the canonical form in which a column of its own would store it. */
function canonicalItem(encoding: ValueModel['itemEncoding'], item: unknown): unknown {
  if (encodingFacts(encoding).value !== 'text') return item;
  const encoded = encodeValue(encoding, item);
  return 'value' in encoded && encoded.value !== null ? encoded.value : item;
}

/**
 * Encodes a value for the column of a field, or returns the rule that it violates. Timestamps and times in a list are
 * normalized like single values, so that a list is also found by the same timestamp in another time zone.
 */
export function encodeField(
  { storage, isList, itemEncoding }: Pick<ValueModel, 'storage' | 'isList' | 'itemEncoding'>,
  value: unknown,
): EncodedValue {
  if (!isList || !Array.isArray(value)) return encodeValue(storage.encoding, value);
  return encodeValue(
    storage.encoding,
    Array.from(value, (item) => canonicalItem(itemEncoding, item)),
  );
}

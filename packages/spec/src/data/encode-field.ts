import { type EncodedValue, encodeValue } from './encode-value.js';
import type { FieldValueModel } from './field-value.js';

/** An item that can be written in several ways, in the one way in which a column of its own would hold it. */
function canonicalItem(encoding: FieldValueModel['itemEncoding'], item: unknown): unknown {
  if (encoding !== 'datetime' && encoding !== 'time') return item;
  const encoded = encodeValue(encoding, item);
  return 'value' in encoded && encoded.value !== null ? encoded.value : item;
}

/**
 * A value of a field as its column holds it, or the rule that it breaks. The instants and times of a list are stored like
 * single ones, so that a list is found by the same instant in another time zone.
 */
export function encodeField(
  { storage, isList, itemEncoding }: Pick<FieldValueModel, 'storage' | 'isList' | 'itemEncoding'>,
  value: unknown,
): EncodedValue {
  if (!isList || !Array.isArray(value)) return encodeValue(storage.encoding, value);
  return encodeValue(
    storage.encoding,
    Array.from(value, (item) => canonicalItem(itemEncoding, item)),
  );
}

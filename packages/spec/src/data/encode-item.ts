import type { JsonValue } from '../shared/json.js';
import { encodeValue } from './encode-value.js';
import { type EncodedValue, WRONG_TYPE } from './encoded-value.js';
import type { ValueModel } from './field-value.js';

/** An item as the JSON of a stored list contains it, or the rule that it violates. */
export type EncodedItem =
  | { readonly value: NonNullable<JsonValue> }
  | Extract<EncodedValue, { rule: string }>;

/** Encodes the operand of `$contains` for the items of a list field, or returns the rule that it violates. */
export function encodeItem(
  { itemEncoding }: Pick<ValueModel, 'itemEncoding'>,
  operand: unknown,
): EncodedItem {
  const encoded = itemEncoding === 'json' ? WRONG_TYPE : encodeValue(itemEncoding, operand);
  if ('rule' in encoded) return encoded;
  if (encoded.value === null) return { rule: 'type' };
  // A column stores a boolean as a number, JSON does not.
  return { value: itemEncoding === 'boolean' ? encoded.value === 1 : encoded.value };
}

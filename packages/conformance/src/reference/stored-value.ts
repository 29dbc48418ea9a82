import { encodeField } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';
import type { MemoryField } from './memory-table.js';

/** The value as it is stored in a record, or undefined if it is invalid for the field. */
export function storedValue(field: MemoryField, value: unknown): JsonValue | undefined {
  const encoded = encodeField(field, value);
  const { storage } = field;
  if ('rule' in encoded) return undefined;
  if (encoded.value === null) return null;
  if (storage.value === 'boolean') return encoded.value === 1;
  if (storage.value === 'json') return JSON.parse(String(encoded.value));
  return typeof encoded.value === 'number' ? encoded.value + 0 : encoded.value;
}

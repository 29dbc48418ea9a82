import type { JsonValue } from '../shared/json.js';
import type { FieldStorage } from './field-storage.js';

/** Decodes a stored value, as encoded by `encodeField`, to the value in a record. */
export function decodeValue(
  { value: kind }: Pick<FieldStorage, 'value'>,
  stored: string | number | null,
): JsonValue {
  if (stored === null) return null;
  if (kind === 'boolean') return stored === 1;
  return kind === 'json' ? (JSON.parse(String(stored)) as JsonValue) : stored;
}

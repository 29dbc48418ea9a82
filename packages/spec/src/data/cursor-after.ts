import type { JsonValue } from '../shared/json.js';
import type { QueryInput } from './query.zod.js';

export type Cursor = NonNullable<QueryInput['cursor']>;

function isScalar(value: JsonValue | undefined): value is Cursor[string] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The value that a record is sorted by: for an expanded lookup, the id of the referenced record. */
function orderValue(value: JsonValue | undefined): Cursor[string] {
  if (isScalar(value)) return value;
  const id = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.id : undefined;
  return isScalar(id) ? id : null;
}

/**
 * Returns the cursor for the page that starts after a record, for a query with the same order. The record must have
 * been read with the fields that it is sorted by. Sort fields after id have no effect and are omitted.
 */
export function cursorAfter(
  record: Readonly<Record<string, JsonValue>>,
  orderBy: NonNullable<QueryInput['orderBy']> = [],
): Cursor {
  const fields = [...orderBy.map(({ field }) => field), 'id'];
  const names = new Set(fields.slice(0, fields.indexOf('id') + 1));
  return Object.fromEntries([...names].map((name) => [name, orderValue(record[name])]));
}

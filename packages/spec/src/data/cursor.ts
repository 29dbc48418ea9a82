import type { JsonValue } from '../shared/json.js';
import type { QueryInput } from './query.zod.js';

export type Cursor = NonNullable<QueryInput['cursor']>;

function isScalar(value: JsonValue | undefined): value is Cursor[string] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/** The value that a record is ordered by: of an expanded lookup the id of what it refers to. */
function orderValue(value: JsonValue | undefined): Cursor[string] {
  if (isScalar(value)) return value;
  const id = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.id : undefined;
  return isScalar(id) ? id : null;
}

/**
 * The cursor that asks for the page after this record, of a query with the same order. The record must have been read
 * with the fields that it is ordered by. What would come after the id orders nothing.
 */
export function cursorAfter(
  record: Readonly<Record<string, JsonValue>>,
  orderBy: NonNullable<QueryInput['orderBy']> = [],
): Cursor {
  const fields = [...orderBy.map(({ field }) => field), 'id'];
  const names = new Set(fields.slice(0, fields.indexOf('id') + 1));
  return Object.fromEntries([...names].map((name) => [name, orderValue(record[name])]));
}

import { encodeValue, expectedValue, type Query } from '@objectstack/spec/data';
import { type Expression, type SqlBool, sql } from 'kysely';
import { columnRef } from './column-ref.js';
import { ALL_ROWS, NO_ROWS } from './compile-operator.js';
import { invalidQuery, pathInside } from './invalid-filter.js';
import type { FieldModel } from './object-model.js';

/** One sort criterion. */
export interface OrderedField {
  readonly field: FieldModel;
  readonly order: 'asc' | 'desc';
}

type Condition = Expression<SqlBool>;

function encodeCursorValue(field: FieldModel, value: unknown) {
  const encoded = encodeValue(field.storage.encoding, value);
  if ('rule' in encoded)
    throw invalidQuery(`/cursor/${field.name}`, `The value must be ${expectedValue(field)}`);
  return encoded.value;
}

/** Null sorts first in ascending order and last in descending order. */
function isBeyond({ field, order }: OrderedField, value: unknown): Condition {
  const column = columnRef(field);
  if (value === null) return order === 'asc' ? sql<SqlBool>`${column} is not null` : NO_ROWS;
  if (order === 'asc') return sql<SqlBool>`${column} > ${value}`;
  return sql<SqlBool>`(${column} < ${value} or ${column} is null)`;
}

function beyond([first, ...rest]: readonly OrderedField[], cursor: NonNullable<Query['cursor']>): Condition {
  if (!first) return NO_ROWS;
  const value = encodeCursorValue(first.field, cursor[first.field.name]);
  const here = isBeyond(first, value);
  if (rest.length === 0) return here;
  return sql<SqlBool>`(${here} or (${columnRef(first.field)} is ${value} and ${beyond(rest, cursor)}))`;
}

/** Condition for the records that follow the cursor in the sort order, whose last criterion is the id. */
export function compileCursor(order: readonly OrderedField[], cursor: Query['cursor']): Condition {
  if (!cursor) return ALL_ROWS;
  const names = new Set(order.map(({ field }) => field.name));
  const missing = [...names].find((name) => !Object.hasOwn(cursor, name));
  const unknown = Object.keys(cursor).find((name) => !names.has(name));
  if (missing !== undefined)
    throw invalidQuery(`/cursor/${missing}`, 'The cursor lacks the value of this sort field');
  if (unknown !== undefined)
    throw invalidQuery(
      pathInside('/cursor', unknown),
      'The cursor contains a field that orderBy does not list',
    );
  return beyond(order, cursor);
}

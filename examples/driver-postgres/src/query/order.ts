import { encodeField } from '@objectstack/spec/data';
import { toJsonPointer } from '@objectstack/spec/shared';
import { join, name, type Sql, sql, verbatim } from '../connection/sql.js';
import type { Column, ObjectTable } from '../schema/object-table.js';
import { compared, operand } from './field-expression.js';
import { comparableField, invalidQuery, type ParsedQuery } from './parse-query.js';

/** A sort criterion. */
export interface Criterion {
  readonly field: Column;
  readonly isDescending: boolean;
}

/** Encoded values of the sort fields of the record after which the records start. */
export type Position = ReadonlyMap<string, string | number | null>;

/** The sort criteria up to the id, which always is the last one. */
export function orderOf({ fields }: ObjectTable, { orderBy = [] }: ParsedQuery): Criterion[] {
  const criteria = new Map<string, Criterion>();
  for (const [index, { field: key, order }] of orderBy.entries()) {
    const field = comparableField(fields, key, `/orderBy/${index}/field`);
    if (!criteria.has(key) && !criteria.has('id'))
      criteria.set(key, { field, isDescending: order === 'desc' });
  }
  if (!criteria.has('id'))
    criteria.set('id', { field: comparableField(fields, 'id', '/orderBy'), isDescending: false });
  return [...criteria.values()];
}

/** Missing values come first in ascending and last in descending order, unlike in PostgreSQL. */
export const orderClause = (criteria: readonly Criterion[]): Sql =>
  criteria.length === 0
    ? verbatim('')
    : sql` ORDER BY ${join(
        criteria.map(
          ({ field, isDescending }) =>
            sql`${compared(field)} ${verbatim(isDescending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST')}`,
        ),
      )}`;

/** The position of a cursor. Throws `invalid_query` with the path. */
export function positionOf(
  order: readonly Criterion[],
  cursor: NonNullable<ParsedQuery['cursor']>,
): Position {
  const known = new Map(order.map(({ field }) => [field.name, field]));
  const other = Object.keys(cursor).find((key) => !known.has(key));
  if (other !== undefined) throw invalidQuery(`/cursor${toJsonPointer([other])}`);
  const values = [...known].map(([key, field]) => {
    const encoded = encodeField(field, cursor[key]);
    if (!Object.hasOwn(cursor, key) || 'rule' in encoded) throw invalidQuery(`/cursor/${key}`);
    return [key, encoded.value] as const;
  });
  return new Map(values);
}

/** Whether a record comes after the value of one criterion. */
function isAfter({ field, isDescending }: Criterion, value: string | number | null): Sql {
  const column = name(field.name);
  if (value === null) return isDescending ? verbatim('FALSE') : sql`${column} IS NOT NULL`;
  const bound = operand(field, value);
  if (!isDescending) return sql`${compared(field)} > ${bound}`;
  return sql`(${compared(field)} < ${bound} OR ${column} IS NULL)`;
}

const isEqual = ({ field }: Criterion, value: string | number | null): Sql =>
  value === null ? sql`${name(field.name)} IS NULL` : sql`${compared(field)} = ${operand(field, value)}`;

/** Whether a record comes after a position: it equals it in the first criteria and comes after it in the next one. */
export function afterPosition(order: readonly Criterion[], position: Position): Sql {
  const positioned = ({ field }: Criterion) => position.get(field.name) ?? null;
  const cases = order.map((criterion, index) => {
    const equal = order.slice(0, index).map((one) => isEqual(one, positioned(one)));
    return sql`(${join([...equal, isAfter(criterion, positioned(criterion))], ' AND ')})`;
  });
  return sql`(${join(cases, ' OR ')})`;
}

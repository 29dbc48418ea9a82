import type { DriverCapabilities } from '../data/driver.zod.js';
import type { JsonPath } from '../shared/json-pointer.js';
import { invalidQuery } from './invalid-query.js';
import type { ObjectModel } from './object-model.js';
import type { ParsedQuery } from './parse-query.js';
import { rejection } from './rejection.js';
import { rowFilter } from './row-filter.js';
import { cursorRow, recordOrder } from './row-order.js';
import { storedFieldAt, valueColumns } from './value-columns.js';

const VALUE_KEYS = ['aggregations', 'groupBy', 'distinct', 'having'] as const;
type ValueKeys = Pick<ParsedQuery, (typeof VALUE_KEYS)[number]>;

/** Returns the first key of a query that asks for rows of values instead of records; undefined if there is none. */
export const valuesKey = (query: ValueKeys): (typeof VALUE_KEYS)[number] | undefined =>
  VALUE_KEYS.find((key) => query[key] !== undefined && query[key] !== false);

/** Throws `invalid_query` for a query for rows of values, which only `find` and `explain` accept. */
export function assertRecordsQuery(query: ValueKeys): void {
  const key = valuesKey(query);
  if (key) throw invalidQuery([key]);
}

/** Rejects an alias of `limit` with another value, another object, and a cursor with an offset. */
function assertKeysAgree({ name }: ObjectModel, query: ParsedQuery, at: JsonPath): void {
  const { object, limit, top, cursor, offset } = query;
  if (object !== undefined && object !== name) throw invalidQuery([...at, 'object']);
  if (limit !== undefined && top !== undefined && limit !== top) throw invalidQuery([...at, 'top']);
  if (cursor !== undefined && offset !== undefined) throw invalidQuery([...at, 'cursor']);
}

/** Keys that rows of values cannot be combined with. */
function assertFits({ aggregations, groupBy, distinct, fields, ...others }: ParsedQuery): void {
  const isGrouped = aggregations !== undefined || groupBy !== undefined;
  if (others.cursor !== undefined) throw invalidQuery(['cursor']);
  if (others.expand !== undefined) throw invalidQuery(['expand']);
  if (isGrouped && distinct) throw invalidQuery(['distinct']);
  if (isGrouped ? fields !== undefined : distinct && !fields) throw invalidQuery(['fields']);
  if (!isGrouped && others.having !== undefined) throw invalidQuery(['having']);
}

function assertFilters(model: ObjectModel, query: ParsedQuery, supports: DriverCapabilities): void {
  const { where, having, aggregations = [] } = query;
  const nodes = aggregations.map(({ filter }, index) => [filter, ['aggregations', index, 'filter']] as const);
  const inRows = having === undefined ? [] : [[having, ['having']] as const];
  for (const [filter] of [...nodes, ...inRows])
    if (!supports.queryFilters && filter !== undefined && JSON.stringify(filter) !== '{}')
      throw rejection('not_supported', { feature: 'queryFilters' });
  const inFields = where === undefined ? nodes : [[where, ['where']] as const, ...nodes];
  for (const [filter, path] of inFields) if (filter !== undefined) rowFilter(model.fields, filter, path);
  for (const [filter, path] of inRows) rowFilter(valueColumns(model, query, supports).fields, filter, path);
}

/** Every mistake in a query but those of `expand`, which depend on other objects. */
export function assertQuery(
  model: ObjectModel,
  query: ParsedQuery,
  { supports, at }: { supports: DriverCapabilities; at: JsonPath },
): void {
  const { fields, orderBy = [], cursor } = query;
  assertKeysAgree(model, query, at);
  const forValues = valuesKey(query) !== undefined;
  if (forValues) assertFits(query);
  const rows = forValues ? valueColumns(model, query, supports).fields : model.stored;
  for (const [index, name] of (fields ?? []).entries())
    storedFieldAt({ stored: model.stored }, name, { path: [...at, 'fields', index], isOrdered: false });
  for (const [index, { field }] of orderBy.entries())
    storedFieldAt({ stored: rows }, field, { path: [...at, 'orderBy', index, 'field'], isOrdered: true });
  if (cursor) cursorRow(model.fields, recordOrder(query), cursor, [...at, 'cursor']);
  assertFilters(model, query, supports);
}

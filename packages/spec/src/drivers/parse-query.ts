import type { DriverCapabilities } from '../data/driver.zod.js';
import { type Query, QuerySchema } from '../data/query.zod.js';
import { isPlainObject } from '../shared/is-plain-object.js';
import type { JsonPath } from '../shared/json-pointer.js';
import { assertQuery } from './assert-query.js';
import { invalidQuery } from './invalid-query.js';
import type { ObjectModel } from './object-model.js';
import { rejection } from './rejection.js';

/** An aggregation whose filter is not parsed. */
export type ParsedAggregation = Omit<NonNullable<Query['aggregations']>[number], 'filter'> & {
  readonly filter?: unknown;
};

/**
 * A query whose filters and inner queries are not parsed: parsing could drop a condition, such as one named
 * `__proto__`.
 */
export type ParsedQuery = Omit<Query, 'where' | 'having' | 'expand' | 'aggregations'> & {
  readonly where?: unknown;
  readonly having?: unknown;
  readonly expand?: unknown;
  readonly aggregations?: readonly ParsedAggregation[];
};

/** Capability that each key of a query requires. All other keys are always available. */
export const QUERY_CAPABILITIES: Readonly<Partial<Record<keyof Query, keyof DriverCapabilities>>> = {
  where: 'queryFilters',
  orderBy: 'querySorting',
  limit: 'queryPagination',
  top: 'queryPagination',
  offset: 'queryPagination',
  cursor: 'queryPagination',
  aggregations: 'queryAggregations',
  groupBy: 'queryAggregations',
  having: 'queryAggregations',
  distinct: 'queryAggregations',
  windowFunctions: 'queryWindowFunctions',
  joins: 'joins',
  search: 'fullTextSearch',
};

const ShapeSchema = QuerySchema.omit({ where: true, having: true, expand: true });

/** Whether the value of a key asks for nothing, which needs no capability. */
const isVoid = (value: unknown) =>
  value === undefined || value === false || ['{}', '[]'].includes(JSON.stringify(value));

function assertKeys(query: object, supports: DriverCapabilities, at: JsonPath): void {
  for (const [key, value] of Object.entries(query)) {
    if (!Object.hasOwn(QuerySchema.shape, key)) throw invalidQuery([...at, key]);
    const feature = QUERY_CAPABILITIES[key as keyof Query];
    if (feature && !supports[feature] && !isVoid(value)) throw rejection('not_supported', { feature });
  }
}

function withoutFilter(node: unknown): unknown {
  if (!isPlainObject(node)) return node;
  const { filter: _, ...rest } = node;
  return rest;
}

function parseShape(shape: object, at: JsonPath) {
  const parsed = ShapeSchema.safeParse(shape);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  throw invalidQuery([...at, ...(issue?.path ?? []).map(String), ...key]);
}

/**
 * Parses a query of the object, and finds every error in it but those of `expand`, which depend on other objects and are
 * found by `recordShape`: all rows of the tables of invalid queries, queries for rows of values, filters, operands and
 * filters of groups. `assertRecordsQuery` rejects rows of values where records are returned. Throws `invalid_query`,
 * `invalid_filter`, and `not_supported` for a key or an alias that needs a capability which the driver does not declare.
 * `at` is the path of an inner query.
 */
export function parseQuery(
  model: ObjectModel,
  query: unknown,
  supports: DriverCapabilities,
  at: JsonPath = [],
): ParsedQuery {
  if (!isPlainObject(query)) throw invalidQuery(at);
  assertKeys(query, supports, at);
  const { where, having, expand, ...shape } = query;
  const nodes: unknown = shape.aggregations;
  const plainNodes = Array.isArray(nodes) && { aggregations: Array.from(nodes, withoutFilter) };
  const parsed = parseShape({ ...shape, ...plainNodes }, at);
  const aggregations = parsed.aggregations?.map((node, index) => ({
    ...node,
    filter: Array.isArray(nodes) ? nodes[index].filter : undefined,
  }));
  const complete = { ...parsed, ...(aggregations && { aggregations }), where, having, expand } as ParsedQuery;
  assertQuery(model, complete, { supports, at });
  return complete;
}

/**
 * Parses the query of a call that accepts only a filter, such as `count`. Throws `invalid_query` for every other key.
 */
export function parseFilterOnly(
  model: ObjectModel,
  query: unknown,
  supports: DriverCapabilities,
): ParsedQuery {
  const parsed = parseQuery(model, query, supports);
  for (const [key, value] of Object.entries(query as object))
    if (value !== undefined && key !== 'where' && key !== 'object') throw invalidQuery([key]);
  return parsed;
}

/**
 * Parses the query of a call that writes all matching records. Throws like `parseFilterOnly`, and `invalid_filter` if
 * there is no filter, because it would match every record.
 */
export function parseFilterToWrite(
  model: ObjectModel,
  query: unknown,
  supports: DriverCapabilities,
): ParsedQuery {
  const parsed = parseFilterOnly(model, query === undefined ? {} : query, supports);
  if (parsed.where === undefined) throw rejection('invalid_filter', { path: '/where' });
  return parsed;
}

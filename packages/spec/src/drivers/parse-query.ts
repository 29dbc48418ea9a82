import type { DriverCapabilities } from '../data/driver.zod.js';
import { type Query, QuerySchema } from '../data/query.zod.js';
import { isPlainObject } from '../shared/is-plain-object.js';
import { type JsonPath, toJsonPointer } from '../shared/json-pointer.js';
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

/** The error of a mistake in a query, with the path of the innermost key or item that is wrong. */
export const invalidQuery = (path: JsonPath) => rejection('invalid_query', { path: toJsonPointer(path) });

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
 * Parses and checks a query on the records of an object. Throws `invalid_query`, and `not_supported` for a key that
 * needs a capability which the driver does not declare. `at` is the path of an inner query.
 */
export function parseQuery(
  { name }: Pick<ObjectModel, 'name'>,
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
  const { object, limit, top } = parsed;
  if (object !== undefined && object !== name) throw invalidQuery([...at, 'object']);
  if (limit !== undefined && top !== undefined && limit !== top) throw invalidQuery([...at, 'top']);
  const aggregations = parsed.aggregations?.map((node, index) => ({
    ...node,
    filter: Array.isArray(nodes) ? nodes[index].filter : undefined,
  }));
  return { ...parsed, ...(aggregations && { aggregations }), where, having, expand } as ParsedQuery;
}

/**
 * Parses the query of a call that accepts only a filter, such as `count`. Throws `invalid_query` for every other key.
 */
export function parseFilterOnly(
  model: Pick<ObjectModel, 'name'>,
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
  model: Pick<ObjectModel, 'name'>,
  query: unknown,
  supports: DriverCapabilities,
): ParsedQuery {
  const parsed = parseFilterOnly(model, query === undefined ? {} : query, supports);
  if (parsed.where === undefined) throw rejection('invalid_filter', { path: '/where' });
  return parsed;
}

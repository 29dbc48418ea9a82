import { type Query, type QueryInput, QuerySchema } from '@objectstack/spec/data';
import {
  isPlainObject,
  type NotSupportedFeature,
  notSupported,
  toJsonPointer,
} from '@objectstack/spec/shared';
import { assertFilterLimits, assertQueryDepth } from './assert-filter-limits.js';
import { invalidFilter, invalidQuery } from './invalid-filter.js';
import type { FieldModel, ObjectModel } from './object-model.js';

const REFUSED: Partial<Record<keyof Query, NotSupportedFeature>> = {
  search: 'query_search',
  joins: 'query_joins',
  windowFunctions: 'query_window_functions',
};

/** Everything except the conditions, whose compiler produces more specific errors. */
const ShapeSchema = QuerySchema.omit({ where: true, having: true }).loose();
const FILTER_KEYS: ReadonlySet<string> = new Set(['object', 'where']);
/** Keys that make a query return rows of values. */
const VALUE_KEYS = ['aggregations', 'groupBy', 'having', 'distinct'] as const;

export type ParsedQuery = Omit<Query, 'where' | 'having'>;

/** Conditions are compiled unparsed: parsing would drop `__proto__`, and no condition may be ignored. */
function asGiven(query: QueryInput, parsed: ParsedQuery): ParsedQuery {
  const { aggregations, cursor } = parsed;
  return {
    ...parsed,
    ...(aggregations && {
      aggregations: aggregations.map((node, index) => {
        const filter = query.aggregations?.[index]?.filter;
        return filter === undefined ? node : { ...node, filter };
      }),
    }),
    ...(cursor && query.cursor && { cursor: query.cursor }),
  };
}

/** Throws `invalid_filter` or `invalid_query` for input too deep or too large for the schema to parse. */
function assertParsable({ where: _where, having: _having, aggregations, ...rest }: QueryInput): void {
  assertQueryDepth(rest);
  for (const [index, node] of Array.isArray(aggregations) ? aggregations.entries() : [])
    if (isPlainObject(node)) assertFilterLimits(node.filter, `/aggregations/${index}/filter`);
}

/** Parses a query. Throws `invalid_query`, and `not_supported` for a feature that the driver lacks. */
export function parseQuery(model: ObjectModel, query: QueryInput): ParsedQuery {
  if (!isPlainObject(query)) throw invalidQuery('', 'A query is an object');
  for (const key of Object.keys(query)) {
    if (!Object.hasOwn(QuerySchema.shape, key)) throw invalidQuery(`/${key}`, 'The key is unknown');
    const feature = REFUSED[key as keyof Query];
    if (feature && query[key as keyof QueryInput] !== undefined) throw notSupported(feature, model.name);
  }
  assertParsable(query);
  const parsed = ShapeSchema.safeParse(query);
  const issue = parsed.error?.issues[0];
  if (!parsed.success) {
    const path = toJsonPointer((issue?.path ?? []).map(String));
    const invalid = issue?.path.includes('filter') ? invalidFilter : invalidQuery;
    throw invalid(path, issue?.message ?? 'The query is malformed');
  }
  const { object, limit, top } = parsed.data;
  if (object !== undefined && object !== model.name)
    throw invalidQuery('/object', 'Another object is queried');
  if (limit !== undefined && top !== undefined && limit !== top)
    throw invalidQuery('/top', 'limit and top differ');
  return asGiven(query, parsed.data);
}

/** Whether the query returns rows of values. */
export function asksForValues(query: QueryInput | null | undefined): boolean {
  return VALUE_KEYS.some((key) => query?.[key] !== undefined && query[key] !== false);
}

/** Throws `invalid_query` for a query for values where only records can be returned. */
export function assertRecords(query: QueryInput): void {
  const key = VALUE_KEYS.find((name) => query?.[name] !== undefined && query[name] !== false);
  if (key) throw invalidQuery(`/${key}`, 'Only find answers with rows of values');
}

/** Throws `invalid_query` for keys that would be ignored, such as the limit of an update. */
export function assertOnlyFilter(model: ObjectModel, query: QueryInput): void {
  parseQuery(model, query);
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && !FILTER_KEYS.has(key))
      throw invalidQuery(`/${key}`, 'Only a filter is allowed');
  }
}

/** A field with a column. Throws `invalid_query` for any other. */
export function columnAt(model: ObjectModel, name: string, path: string): FieldModel {
  const field = model.fields.get(name);
  if (!field) throw invalidQuery(path, 'The field is unknown');
  if (field.storage.column === null) throw invalidQuery(path, 'The field is computed');
  return field;
}

/** A field by which records can be sorted. */
export function orderedColumnAt(model: ObjectModel, name: string, path: string): FieldModel {
  const field = columnAt(model, name, path);
  if (field.storage.comparand === 'presence') throw invalidQuery(path, 'The field has no order');
  return field;
}

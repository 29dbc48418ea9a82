import { AggregationNodeSchema, type Query, type QueryInput, QuerySchema } from '@objectstack/spec/data';
import {
  explainIssue,
  isPlainObject,
  type NotSupportedFeature,
  notSupported,
  type ObjectStackError,
  toJsonPointer,
} from '@objectstack/spec/shared';
import * as z from 'zod';
import { assertQueryDepth } from './assert-filter-limits.js';
import { invalidQuery, pathInside, unknownField, unknownName } from './invalid-filter.js';
import type { FieldModel, ObjectModel } from './object-model.js';

const REFUSED: Partial<Record<keyof Query, NotSupportedFeature>> = {
  search: 'query_search',
  joins: 'query_joins',
  windowFunctions: 'query_window_functions',
};

/**
 * Everything except the conditions: their compiler produces more specific errors, and parsing would drop `__proto__`, but no
 * condition may be ignored.
 */
const ShapeSchema = QuerySchema.omit({ where: true, having: true })
  .extend({
    aggregations: z
      .array(AggregationNodeSchema.extend({ filter: z.unknown().optional() }))
      .min(1)
      .optional(),
  })
  .loose();
const FILTER_KEYS: ReadonlySet<string> = new Set(['object', 'where']);
/** Keys that make a query return rows of values. */
const VALUE_KEYS = ['aggregations', 'groupBy', 'having', 'distinct'] as const;

export type ParsedQuery = Omit<Query, 'where' | 'having'>;

/** The cursor is compiled unparsed, like the conditions. */
function asGiven(query: QueryInput, parsed: ParsedQuery): ParsedQuery {
  return parsed.cursor && query.cursor ? { ...parsed, cursor: query.cursor } : parsed;
}

/** Throws `invalid_query` for input too deep for the schema to parse. Filters have their own limits. */
function assertParsable({ where: _where, having: _having, aggregations, ...rest }: QueryInput): void {
  const nodes: unknown[] = Array.isArray(aggregations) ? aggregations : [];
  assertQueryDepth({
    ...rest,
    aggregations: nodes.map((node) => (isPlainObject(node) ? { ...node, filter: undefined } : node)),
  });
}

function malformed({ issues }: z.ZodError, query: QueryInput, at: string): ObjectStackError {
  const [issue] = issues;
  if (!issue) return invalidQuery(at, 'The query is malformed');
  const path = toJsonPointer(issue.path.map(String));
  const [unknownKey] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const place = unknownKey === undefined ? path : pathInside(path, unknownKey);
  const { message, suggestion } = explainIssue(issue, { schema: ShapeSchema, value: query });
  return invalidQuery(`${at}${place}`, { reason: message, suggestion });
}

/** Keys that a query can have in addition to those that it has. */
const absentKeys = (query: QueryInput): string[] =>
  Object.keys(QuerySchema.shape).filter((key) => !Object.hasOwn(query, key));

/** Parses the query at a path. Throws `invalid_query`, and `not_supported` for a feature that the driver lacks. */
export function parseQuery(model: ObjectModel, query: QueryInput, at = ''): ParsedQuery {
  if (!isPlainObject(query)) throw invalidQuery(at, 'A query must be an object');
  for (const key of Object.keys(query)) {
    if (!Object.hasOwn(QuerySchema.shape, key))
      throw invalidQuery(pathInside(at, key), unknownName('The key', key, absentKeys(query)));
    const feature = REFUSED[key as keyof Query];
    if (feature && query[key as keyof QueryInput] !== undefined) throw notSupported(feature, model.name);
  }
  assertParsable(query);
  const parsed = ShapeSchema.safeParse(query);
  if (!parsed.success) throw malformed(parsed.error, query, at);
  const { object, limit, top } = parsed.data;
  if (object !== undefined && object !== model.name)
    throw invalidQuery(
      `${at}/object`,
      `The query is for the object \`${model.name}\`, but contains the name of another one. Remove object`,
    );
  if (limit !== undefined && top !== undefined && limit !== top)
    throw invalidQuery(`${at}/top`, 'limit and top must be equal if both are given');
  return asGiven(query, parsed.data as ParsedQuery);
}

/** Whether the query returns rows of values. */
export function asksForValues(query: QueryInput | null | undefined): boolean {
  return VALUE_KEYS.some((key) => query?.[key] !== undefined && query[key] !== false);
}

/** Throws `invalid_query` for a query for values where only records can be returned. */
export function assertRecords(query: QueryInput): void {
  const key = VALUE_KEYS.find((name) => query?.[name] !== undefined && query[name] !== false);
  if (key)
    throw invalidQuery(
      `/${key}`,
      'Only `find` returns groups, aggregate values and distinct rows. Remove the key, or call `find`',
    );
}

/** Throws `invalid_query` for keys that would be ignored, such as the limit of an update. */
export function assertOnlyFilter(model: ObjectModel, query: QueryInput): void {
  parseQuery(model, query);
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && !FILTER_KEYS.has(key))
      throw invalidQuery(`/${key}`, 'Only `where` is allowed here');
  }
}

/** A field with a column. Throws `invalid_query` for any other. */
export function columnAt(model: ObjectModel, name: string, path: string): FieldModel {
  const field = model.fields.get(name);
  if (!field) throw invalidQuery(path, unknownField(name, model.fields));
  if (field.storage.column === null)
    throw invalidQuery(path, `The field \`${name}\` is computed and has no column`);
  return field;
}

/** A field by which records can be sorted. */
export function orderedColumnAt(model: ObjectModel, name: string, path: string): FieldModel {
  const field = columnAt(model, name, path);
  if (field.storage.comparand === 'presence')
    throw invalidQuery(path, `The field \`${name}\` holds lists or JSON, which have no order`);
  return field;
}

import { AggregationNodeSchema, type Query, type QueryInput, QuerySchema } from '@objectstack/spec/data';
import { isPlainObject, notSupported, toJsonPointer } from '@objectstack/spec/shared';
import * as z from 'zod';
import { checkAll, throwMistakes } from './check-all.js';
import { memoryError } from './memory-error.js';
import type { MemoryField, MemoryTable } from './memory-table.js';

export type ParsedQuery = Omit<Query, 'where' | 'having'>;

const REFUSED = {
  search: 'query_search',
  joins: 'query_joins',
  windowFunctions: 'query_window_functions',
} as const;
/** Filters are checked unparsed: parsing would drop `__proto__`, and no condition may be ignored. */
const AggregationShapeSchema = AggregationNodeSchema.extend({ filter: z.unknown().optional() });
const ShapeSchema = QuerySchema.omit({ where: true, having: true })
  .extend({ aggregations: z.array(AggregationShapeSchema).min(1).optional() })
  .loose();

export const invalidQuery = (path: string) => memoryError('invalid_query', { path });

/** Parses the query without its filter. Throws `invalid_query` and `not_supported`. */
export function parseMemoryQuery(
  { definition: { name } }: MemoryTable,
  query: QueryInput,
  at = '',
): ParsedQuery {
  if (!isPlainObject(query)) throw invalidQuery(at);
  checkAll(
    Object.entries(query).map(([key, value]) => () => {
      if (!Object.hasOwn(QuerySchema.shape, key)) throw invalidQuery(`${at}${toJsonPointer([key])}`);
      if (value !== undefined && Object.hasOwn(REFUSED, key))
        throw notSupported(REFUSED[key as keyof typeof REFUSED], name);
    }),
  );
  const parsed = ShapeSchema.safeParse(query);
  if (!parsed.success) {
    const paths = parsed.error.issues.flatMap((issue) => {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [key]) : [[]];
      return keys.map((key) => toJsonPointer([...issue.path.map(String), ...key]));
    });
    throwMistakes(paths.map((path) => invalidQuery(`${at}${path}`)));
    throw parsed.error;
  }
  const { object, limit, top } = parsed.data;
  if (object !== undefined && object !== name) throw invalidQuery(`${at}/object`);
  if (limit !== undefined && top !== undefined && limit !== top)
    throwMistakes([invalidQuery(`${at}/top`), invalidQuery(`${at}/limit`)]);
  return parsed.data as ParsedQuery;
}

/** Throws `invalid_query` if the query contains more than a filter. */
export function assertOnlyFilter(table: MemoryTable, query: QueryInput): void {
  parseMemoryQuery(table, query);
  checkAll(
    Object.entries(query).map(([key, value]) => () => {
      if (value !== undefined && key !== 'where' && key !== 'object') throw invalidQuery(`/${key}`);
    }),
  );
}

const VALUE_KEYS = ['aggregations', 'groupBy', 'having', 'distinct'] as const;

/** The keys that make the query return rows of values. */
export function valuesKeys(query: QueryInput): (typeof VALUE_KEYS)[number][] {
  return VALUE_KEYS.filter((key) => query?.[key] !== undefined && query[key] !== false);
}

export function storedField(
  fields: ReadonlyMap<string, MemoryField>,
  name: string,
  path: string,
): MemoryField {
  const field = fields.get(name);
  if (!field || field.storage.column === null) throw invalidQuery(path);
  return field;
}

export function orderedField(
  fields: ReadonlyMap<string, MemoryField>,
  name: string,
  path: string,
): MemoryField {
  const field = storedField(fields, name, path);
  if (field.storage.comparand === 'presence') throw invalidQuery(path);
  return field;
}

import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import { type Query, type QueryInput, QuerySchema } from '@objectstack/spec/data';
import { type NotSupportedFeature, notSupported } from '@objectstack/spec/shared';
import { type Compilable, sql } from 'kysely';
import { compileFilter } from './compile-filter.js';
import { invalidQuery } from './filter-error.js';
import { queryBuilder } from './kysely.js';
import type { FieldModel, ObjectModel } from './object-model.js';

const REFUSED: Partial<Record<keyof Query, NotSupportedFeature>> = {
  search: 'query_search',
  cursor: 'query_cursor',
  joins: 'query_joins',
  aggregations: 'query_aggregations',
  groupBy: 'query_group_by',
  having: 'query_having',
  windowFunctions: 'query_window_functions',
  distinct: 'query_distinct',
  expand: 'query_expand',
};

/** Everything but the filter, whose compiler has the better messages. */
const ShapeSchema = QuerySchema.omit({ where: true }).loose();
const FILTER_KEYS: ReadonlySet<string> = new Set(['object', 'where']);

export interface CompiledQuery {
  readonly statement: SqlStatement;
  /** Fields that the rows have. */
  readonly columns: readonly FieldModel[];
}

export function toStatement(query: Compilable): SqlStatement {
  const { sql: text, parameters } = query.compile();
  return { sql: text, args: parameters as SqlValue[] };
}

function parseQuery(model: ObjectModel, query: QueryInput): Omit<Query, 'where'> {
  if (typeof query !== 'object' || query === null) throw invalidQuery('', 'A query is an object');
  for (const key of Object.keys(query)) {
    if (!Object.hasOwn(QuerySchema.shape, key)) throw invalidQuery(`/${key}`, 'The key is unknown');
    const feature = REFUSED[key as keyof Query];
    if (feature && query[key as keyof QueryInput] !== undefined) throw notSupported(feature, model.name);
  }
  const parsed = ShapeSchema.safeParse(query);
  const issue = parsed.error?.issues[0];
  if (!parsed.success)
    throw invalidQuery(`/${issue?.path.join('/') ?? ''}`, issue?.message ?? 'The query is malformed');
  const { object, limit, top } = parsed.data;
  if (object !== undefined && object !== model.name)
    throw invalidQuery('/object', 'Another object is queried');
  if (limit !== undefined && top !== undefined && limit !== top)
    throw invalidQuery('/top', 'limit and top differ');
  return parsed.data;
}

function column(model: ObjectModel, name: string, path: string): FieldModel {
  const field = model.fields.get(name);
  if (!field) throw invalidQuery(path, 'The field is unknown');
  if (field.storage.column === null) throw invalidQuery(path, 'The field is computed');
  return field;
}

function selectedColumns(model: ObjectModel, fields: readonly string[] | undefined): readonly FieldModel[] {
  if (!fields) return model.columns;
  const names = new Set(fields.map((name, index) => column(model, name, `/fields/${index}`).name));
  return model.columns.filter(({ name }) => name === 'id' || names.has(name));
}

/** A query as one SELECT; id is always the last criterion, so that pages never overlap. */
export function compileFind(model: ObjectModel, query: QueryInput = {}): CompiledQuery {
  const { fields, orderBy = [], limit, top, offset } = parseQuery(model, query);
  const columns = selectedColumns(model, fields);
  let select = queryBuilder.selectFrom(model.name).select(columns.map(({ name }) => name));
  if (query.where !== undefined) select = select.where(compileFilter(model, query.where));
  orderBy.forEach(({ field, order }, index) => {
    const { name, storage } = column(model, field, `/orderBy/${index}/field`);
    if (storage.comparand === 'presence')
      throw invalidQuery(`/orderBy/${index}/field`, 'The field has no order');
    select = select.orderBy(sql.ref(name), order);
  });
  if (!orderBy.some(({ field }) => field === 'id')) select = select.orderBy('id');
  const most = limit ?? top;
  if (most !== undefined || offset !== undefined) select = select.limit(most ?? -1);
  if (offset !== undefined) select = select.offset(offset);
  return { statement: toStatement(select), columns };
}

/** Throws `invalid_query` for what would be passed over, such as a limit of an update. */
export function assertOnlyFilter(model: ObjectModel, query: QueryInput): void {
  parseQuery(model, query);
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && !FILTER_KEYS.has(key))
      throw invalidQuery(`/${key}`, 'Only a filter is allowed');
  }
}

export function compileCount(model: ObjectModel, query: Pick<QueryInput, 'where'> = {}): SqlStatement {
  assertOnlyFilter(model, query);
  let select = queryBuilder.selectFrom(model.name).select(sql<number>`count(*)`.as('count'));
  if (query.where !== undefined) select = select.where(compileFilter(model, query.where));
  return toStatement(select);
}

import type { QueryInput } from '@objectstack/spec/data';
import { notSupported } from '@objectstack/spec/shared';
import { sql } from 'kysely';
import { columnRef } from './column-ref.js';
import { compileAggregation, type ValueColumn } from './compile-aggregation.js';
import { compileFilter } from './compile-filter.js';
import { toReadStatement } from './compile-find.js';
import { invalidQuery } from './invalid-filter.js';
import type { ObjectModel } from './object-model.js';
import { orderedColumnAt, type ParsedQuery, parseQuery } from './parse-query.js';
import { queryBuilder } from './query-builder.js';
import type { ReadStatement } from './read-statement.js';
import { orderRef, selection } from './selected-column.js';

const ALIAS = /^[a-z][a-z0-9_]{0,62}$/i;
const ROWS = '_os_values';

export interface CompiledValues {
  readonly statement: ReadStatement;
  readonly columns: readonly ValueColumn[];
}

function assertFits(
  query: QueryInput,
  { aggregations, groupBy, distinct, fields, cursor, expand }: ParsedQuery,
): void {
  const isGrouped = aggregations !== undefined || groupBy !== undefined;
  if (cursor)
    throw invalidQuery(
      '/cursor',
      'A query for groups, aggregate values or distinct rows cannot have a cursor',
    );
  if (expand)
    throw invalidQuery(
      '/expand',
      'A query for groups, aggregate values or distinct rows cannot expand lookups',
    );
  if (isGrouped && distinct) throw invalidQuery('/distinct', 'Groups are always distinct. Remove distinct');
  if (isGrouped && fields)
    throw invalidQuery(
      '/fields',
      'Rows always contain the fields of groupBy and the aggregations. Remove fields',
    );
  if (!isGrouped && distinct && !fields)
    throw invalidQuery(
      '/fields',
      'A query with distinct requires fields, the names of the fields of each row',
    );
  if (!isGrouped && query.having !== undefined)
    throw invalidQuery('/having', 'having requires groupBy or aggregations');
}

function keyColumns(model: ObjectModel, names: readonly string[], path: string): ValueColumn[] {
  const columns = names.map((name, index) => {
    const field = orderedColumnAt(model, name, `${path}/${index}`);
    const value = field.ignoresCase ? sql`min(${sql.ref(name)})` : sql`${sql.ref(name)}`;
    return { name, sql: value, key: columnRef(field), field };
  });
  return [...new Map(columns.map((column) => [column.name, column])).values()];
}

function valueColumns(model: ObjectModel, { aggregations = [], groupBy, fields, distinct }: ParsedQuery) {
  const keys = distinct
    ? keyColumns(model, fields ?? [], '/fields')
    : keyColumns(model, groupBy ?? [], '/groupBy');
  const taken = new Set(keys.map(({ name }) => name));
  const folded = new Set(taken);
  const values = aggregations.map((node, index) => {
    const path = `/aggregations/${index}/alias`;
    if (!ALIAS.test(node.alias))
      throw invalidQuery(path, 'An alias must be a letter, followed by letters, digits or _');
    if (taken.has(node.alias)) throw invalidQuery(path, 'The row already contains this name');
    // SQLite ignores the case of column names.
    if (folded.has(node.alias.toLowerCase())) throw notSupported('query_alias_case', path);
    taken.add(node.alias);
    folded.add(node.alias.toLowerCase());
    return compileAggregation(model, node, index);
  });
  return { keys, values };
}

/** The rows as an object model, so that conditions and order refer to their columns. */
const rowModel = (columns: readonly ValueColumn[]): ObjectModel => ({
  name: ROWS,
  idType: 'text',
  fields: new Map(columns.map(({ name, field }) => [name, field])),
  columns: columns.map(({ field }) => field),
  autonumbers: [],
});

/** Compiles a query for rows of values. The order is stable, because the grouping fields are its last criteria. */
export function compileValues(model: ObjectModel, query: QueryInput): CompiledValues {
  const parsed = parseQuery(model, query);
  assertFits(query, parsed);
  const { keys, values } = valueColumns(model, parsed);
  const columns = [...keys, ...values];
  let inner = queryBuilder.selectFrom(model.name).select(columns.map((column) => column.sql.as(column.name)));
  if (query.where !== undefined) inner = inner.where(compileFilter(model, query.where));
  if (keys.length > 0) inner = inner.groupBy(keys.map(({ key, ...column }) => key ?? column.sql));
  const rows = rowModel(columns);
  let select = queryBuilder.selectFrom(inner.as(ROWS)).select(columns.map(({ field }) => selection(field)));
  if (query.having !== undefined) select = select.where(compileFilter(rows, query.having, '/having'));
  const asked = (parsed.orderBy ?? []).map(({ field, order }, index) => {
    return { field: orderedColumnAt(rows, field, `/orderBy/${index}/field`), order };
  });
  const order = [...asked, ...keys.map(({ field }) => ({ field, order: 'asc' as const }))];
  for (const { field, order: direction } of order) select = select.orderBy(orderRef(ROWS, field), direction);
  return { statement: toReadStatement(select, parsed), columns };
}

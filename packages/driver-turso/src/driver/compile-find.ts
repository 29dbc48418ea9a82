import type { SqlStatement, SqlValue } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { type Compilable, sql } from 'kysely';
import { compileCursor, type OrderedField } from './compile-cursor.js';
import { compileFilter } from './compile-filter.js';
import { invalidQuery } from './invalid-filter.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import { assertOnlyFilter, columnAt, orderedColumnAt, type ParsedQuery, parseQuery } from './parse-query.js';
import { queryBuilder } from './query-builder.js';
import type { ReadStatement } from './read-statement.js';
import { orderRef, selection } from './selected-column.js';

export interface CompiledQuery {
  readonly statement: ReadStatement;
  /** Fields of the rows. */
  readonly columns: readonly FieldModel[];
}

export function toStatement(query: Compilable): SqlStatement {
  const { sql: text, parameters } = query.compile();
  return { sql: text, args: parameters as SqlValue[] };
}

export function toReadStatement(
  query: Compilable,
  { limit, top, offset }: Pick<ParsedQuery, 'limit' | 'top' | 'offset'> = {},
): ReadStatement {
  const { sql: text, args = [] } = toStatement(query);
  return { sql: text, args, limit: limit ?? top ?? null, offset: offset ?? null };
}

/** The requested fields, including those of expanded lookups. */
function selectedColumns(model: ObjectModel, { fields, expand }: ParsedQuery): readonly FieldModel[] {
  if (!fields) return model.columns;
  const names = new Set(fields.map((name, index) => columnAt(model, name, `/fields/${index}`).name));
  for (const name of Object.keys(expand ?? {})) names.add(name);
  return model.columns.filter(({ name }) => name === 'id' || names.has(name));
}

/** The requested order up to the id, which is always its last criterion, so that pages never overlap. */
function orderOf(model: ObjectModel, { orderBy = [] }: ParsedQuery): OrderedField[] {
  const asked = orderBy.map(({ field, order }, index) => ({
    field: orderedColumnAt(model, field, `/orderBy/${index}/field`),
    order,
  }));
  const id = model.fields.get('id');
  const all: OrderedField[] = id ? [...asked, { field: id, order: 'asc' }] : asked;
  const first = new Map<string, OrderedField>();
  for (const criterion of all)
    if (!first.has(criterion.field.name)) first.set(criterion.field.name, criterion);
  const order = [...first.values()];
  return order.slice(0, order.findIndex(({ field }) => field.name === 'id') + 1);
}

/** Compiles a query for records to one SELECT. */
export function compileFind(model: ObjectModel, query: QueryInput = {}): CompiledQuery {
  const parsed = parseQuery(model, query);
  const { offset, cursor } = parsed;
  if (cursor && offset !== undefined)
    throw invalidQuery('/offset', 'A query with a cursor cannot have an offset. Remove offset');
  const columns = selectedColumns(model, parsed);
  const order = orderOf(model, parsed);
  let select = queryBuilder.selectFrom(model.name).select(columns.map(selection));
  if (query.where !== undefined) select = select.where(compileFilter(model, query.where));
  if (cursor) select = select.where(compileCursor(order, cursor));
  for (const { field, order: direction } of order)
    select = select.orderBy(orderRef(model.name, field), direction);
  return { statement: toReadStatement(select, parsed), columns };
}

export function compileCount(model: ObjectModel, query: Pick<QueryInput, 'where'> = {}): ReadStatement {
  assertOnlyFilter(model, query);
  let select = queryBuilder.selectFrom(model.name).select(sql<number>`count(*)`.as('count'));
  if (query.where !== undefined) select = select.where(compileFilter(model, query.where));
  return toReadStatement(select);
}

import type { ValueRow } from '@objectstack/spec/contracts';
import type { Connection } from '../connection/connection.js';
import { join, name, type Sql, sql, verbatim } from '../connection/sql.js';
import type { ObjectTable } from '../schema/object-table.js';
import { aggregationColumn, type RowColumn } from './aggregate.js';
import { compileFilter, compileWhere } from './compile-filter.js';
import { type Criterion, orderClause } from './order.js';
import { comparableField, invalidQuery, type ParsedQuery, parseQuery } from './parse-query.js';

const ALIAS = /^[a-z][a-z0-9_]{0,62}$/i;

/** A checked query for rows of values. */
export interface RowsPlan {
  readonly statement: Sql;
  readonly columns: readonly RowColumn[];
}

/** Throws `invalid_query` for keys that cannot be combined. */
function assertCombination(query: ParsedQuery): void {
  const { aggregations, groupBy, having, distinct, fields, cursor, expand } = query;
  const isGrouped = aggregations !== undefined || groupBy !== undefined;
  const mistakes: [boolean, string][] = [
    [cursor !== undefined, '/cursor'],
    [expand !== undefined, '/expand'],
    [isGrouped && distinct === true, '/distinct'],
    [isGrouped ? fields !== undefined : distinct === true && !fields, '/fields'],
    [!isGrouped && having !== undefined, '/having'],
  ];
  const [, path] = mistakes.find(([isMistaken]) => isMistaken) ?? [];
  if (path) throw invalidQuery(path);
}

/** The columns that the rows are grouped by. */
function keyColumns(
  { fields }: ObjectTable,
  { distinct, fields: requested, groupBy }: ParsedQuery,
): RowColumn[] {
  const path = distinct ? '/fields' : '/groupBy';
  const keys = new Map(
    ((distinct ? requested : groupBy) ?? []).map((key, index) => [
      key,
      comparableField(fields, key, `${path}/${index}`),
    ]),
  );
  // A field that ignores case is unique, so that no two of its values are equal.
  return [...keys.values()].map((field) => ({
    expression: name(field.name),
    field,
    fromRow: field.column.fromColumn,
  }));
}

function computedColumns(table: ObjectTable, { aggregations = [] }: ParsedQuery, keys: readonly RowColumn[]) {
  const taken = new Set(keys.map(({ field }) => field.name));
  return aggregations.map((node, index) => {
    const path = `/aggregations/${index}`;
    if (!ALIAS.test(node.alias) || taken.has(node.alias)) throw invalidQuery(`${path}/alias`);
    taken.add(node.alias);
    return aggregationColumn(table, node, path);
  });
}

/** The requested order, then that of the keys. */
function orderOfRows(
  { orderBy = [] }: ParsedQuery,
  columns: readonly RowColumn[],
  keys: readonly RowColumn[],
) {
  const fields = new Map(columns.map(({ field }) => [field.name, field]));
  const requested = orderBy.map(({ field, order }, index): Criterion => {
    return {
      field: comparableField(fields, field, `/orderBy/${index}/field`),
      isDescending: order === 'desc',
    };
  });
  return [...requested, ...keys.map(({ field }) => ({ field, isDescending: false }))];
}

/** Checks a query for rows of values. Throws `invalid_query`, `invalid_filter` and `not_supported`. */
export function planRows(table: ObjectTable, query: unknown): RowsPlan {
  const parsed = parseQuery(table, query);
  assertCombination(parsed);
  const keys = keyColumns(table, parsed);
  const columns = [...keys, ...computedColumns(table, parsed, keys)];
  const selected = columns.map(({ expression, field }) => sql`${expression} AS ${name(field.name)}`);
  const where = compileWhere(table.fields.values(), parsed.where);
  const groups = keys.length === 0 ? verbatim('') : sql` GROUP BY ${join(keys.map((key) => key.expression))}`;
  const rows = sql`SELECT ${join(selected)} FROM ${name(table.name)} WHERE ${where}${groups}`;
  const fields = columns.map(({ field }) => field);
  const having =
    parsed.having === undefined ? verbatim('TRUE') : compileFilter(fields, parsed.having, '/having');
  const order = orderClause(orderOfRows(parsed, columns, keys));
  const { offset = 0, limit = parsed.top } = parsed;
  const page = limit === undefined ? verbatim('') : sql` LIMIT ${limit}::bigint`;
  const statement = sql`SELECT * FROM (${rows}) AS "rows" WHERE ${having}${order} OFFSET ${offset}::bigint${page}`;
  return { statement, columns };
}

/** Reads the rows of a plan. */
export async function readRows(
  connection: Connection,
  { statement, columns }: RowsPlan,
): Promise<ValueRow[]> {
  const { rows } = await connection.query(statement);
  return rows.map((row) =>
    Object.fromEntries(
      columns.map(({ field, fromRow }) => {
        const value = row[field.name] ?? null;
        return [field.name, value === null ? null : fromRow(value)];
      }),
    ),
  );
}

import { fieldValueModel } from '@objectstack/spec/data';
import type { ParsedAggregation } from '@objectstack/spec/drivers';
import type { JsonValue } from '@objectstack/spec/shared';
import { name, type Sql, sql, verbatim } from '../connection/sql.js';
import { columnTypeOf } from '../schema/column-types.js';
import type { Column, ObjectTable } from '../schema/object-table.js';
import { compileFilter } from './compile-filter.js';
import { comparableField, invalidQuery, storedField } from './parse-query.js';

/** A value of a row. */
export interface RowColumn {
  readonly expression: Sql;
  /** The value as a field, for filters and sort order of rows. */
  readonly field: Column;
  readonly fromRow: (value: unknown) => JsonValue;
}

function resultField(alias: string, type: 'number' | 'json'): Column {
  const model = fieldValueModel({ type });
  const column = columnTypeOf(model);
  if (!column) throw new TypeError('A result has a column.');
  return { name: alias, ...model, column, maxBytes: Number.POSITIVE_INFINITY };
}

/** Types of the fields that a function applies to; every stored field if there is none. */
const NEEDS: Partial<Record<ParsedAggregation['function'], string>> = {
  sum: 'number',
  avg: 'number',
  string_agg: 'text',
};

/** The aggregated field. Throws `invalid_query` if the function does not apply to it. */
function argumentOf({ fields }: ObjectTable, node: ParsedAggregation, path: string): Column | undefined {
  if (node.field === undefined) {
    if (node.function !== 'count' || node.distinct) throw invalidQuery(path);
    return undefined;
  }
  const hasOrder = node.function === 'min' || node.function === 'max';
  const field = (hasOrder ? comparableField : storedField)(fields, node.field, path);
  const needed = NEEDS[node.function];
  if (needed !== undefined && field.storage.encoding !== needed) throw invalidQuery(path);
  return field;
}

/** JSON is aggregated as text, because not every type of JSON can be compared. */
const aggregated = (field: Column): Sql =>
  field.storage.value === 'json' ? sql`${name(field.name)}::text COLLATE "C"` : name(field.name);

/** Functions by whether the field is boolean: PostgreSQL has no least boolean. */
const least = ({ storage }: Column) => (storage.value === 'boolean' ? 'bool_and' : 'min');
const greatest = ({ storage }: Column) => (storage.value === 'boolean' ? 'bool_or' : 'max');

type Build = (field: Column, distinct: Sql) => Sql;

const call =
  (function_: (field: Column) => string): Build =>
  (field, distinct) =>
    sql`${verbatim(function_(field))}(${distinct}${aggregated(field)})`;

const FUNCTIONS: Readonly<Record<ParsedAggregation['function'], Build>> = {
  count: call(() => 'count'),
  count_distinct: (field) => sql`count(DISTINCT ${aggregated(field)})`,
  sum: call(() => 'sum'),
  avg: call(() => 'avg'),
  min: (field) => sql`${verbatim(least(field))}(${name(field.name)})`,
  max: (field) => sql`${verbatim(greatest(field))}(${name(field.name)})`,
  array_agg: (field, distinct) =>
    sql`json_agg(${distinct}${aggregated(field)} ORDER BY ${aggregated(field)} NULLS FIRST)`,
  string_agg: (field, distinct) =>
    sql`string_agg(${distinct}${name(field.name)}, ',' ORDER BY ${name(field.name)})`,
};

/** Converts the items of an aggregated list. */
const fromList =
  ({ column }: Column) =>
  (list: unknown): JsonValue =>
    (JSON.parse(String(list)) as JsonValue[]).map((item) => (item === null ? null : column.fromColumn(item)));

function resultOf(
  node: ParsedAggregation,
  argument: Column | undefined,
): Pick<RowColumn, 'field' | 'fromRow'> {
  const { alias } = node;
  if (argument && (node.function === 'min' || node.function === 'max'))
    return { field: { ...argument, name: alias }, fromRow: argument.column.fromColumn };
  if (argument && node.function === 'array_agg')
    return { field: resultField(alias, 'json'), fromRow: fromList(argument) };
  if (node.function === 'string_agg') return { field: resultField(alias, 'json'), fromRow: String };
  return { field: resultField(alias, 'number'), fromRow: Number };
}

/** An aggregation as a column of the rows. Throws `invalid_query` and `invalid_filter`. */
export function aggregationColumn(table: ObjectTable, node: ParsedAggregation, path: string): RowColumn {
  const argument = argumentOf(table, node, `${path}/field`);
  const distinct = verbatim(node.distinct ? 'DISTINCT ' : '');
  const plain = argument ? FUNCTIONS[node.function](argument, distinct) : verbatim('count(*)');
  const filtered =
    node.filter === undefined
      ? plain
      : sql`${plain} FILTER (WHERE ${compileFilter(table.fields.values(), node.filter, `${path}/filter`)})`;
  const isCount = node.function === 'count' || node.function === 'count_distinct';
  const expression = isCount
    ? sql`(${filtered})::float8`
    : node.function === 'array_agg'
      ? sql`coalesce(${filtered}, '[]')`
      : filtered;
  return { expression, ...resultOf(node, argument) };
}

import {
  type AggregationNode,
  FIELD_STORAGE,
  type FieldType,
  FieldTypeEnum,
  type ValueEncoding,
} from '@objectstack/spec/data';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { columnRef } from './column-ref.js';
import { compileFilter } from './compile-filter.js';
import { invalidQuery } from './invalid-filter.js';
import type { FieldModel, ObjectModel } from './object-model.js';
import { columnAt, orderedColumnAt } from './parse-query.js';
import { isIntegerIdField } from './selected-column.js';

const { number: NUMBER, json: LIST } = FIELD_STORAGE;

/** A field type of the encoding, for the result of an aggregation: the one of its name if there is one. */
function typeOf(encoding: ValueEncoding): FieldType {
  const types = FieldTypeEnum.options.filter((type) => FIELD_STORAGE[type].encoding === encoding);
  const [first = 'text'] = types;
  return types.find((type) => type === encoding) ?? first;
}

/** A column of a query for values: a grouping key or an aggregation. */
export interface ValueColumn {
  readonly name: string;
  readonly sql: RawBuilder<unknown>;
  /** Grouping expression of a key; its `sql` selects one of the values that compare as equal. */
  readonly key?: RawBuilder<unknown>;
  /** Storage of its values, for conditions, order and decoding. */
  readonly field: FieldModel;
  /** Field whose values a list contains. */
  readonly items?: FieldModel;
  /** Whether the list is joined into one text. */
  readonly isJoined?: boolean;
}

interface Aggregation {
  readonly column: RawBuilder<unknown>;
  /** Converts the result, after the filter of the aggregation. */
  readonly convert?: (result: RawBuilder<unknown>) => RawBuilder<unknown>;
  readonly storage: FieldModel['storage'];
  readonly ignoresCase?: boolean;
  readonly items?: FieldModel;
  readonly isJoined?: boolean;
}

interface Place {
  readonly model: ObjectModel;
  readonly node: AggregationNode;
  readonly path: string;
}

function fieldAt({ model, node, path }: Place, find = columnAt): FieldModel {
  if (node.field === undefined) throw invalidQuery(`${path}/field`, 'The function requires a field');
  return find(model, node.field, `${path}/field`);
}

function argument(place: Place, field: FieldModel): RawBuilder<unknown> {
  return place.node.distinct ? sql`distinct ${columnRef(field)}` : columnRef(field);
}

function count(place: Place): Aggregation {
  if (place.node.field === undefined) {
    if (place.node.distinct)
      throw invalidQuery(`${place.path}/field`, 'Counting distinct values requires a field');
    return { column: sql`count(*)`, storage: NUMBER };
  }
  return { column: sql`count(${argument(place, fieldAt(place))})`, storage: NUMBER };
}

/** Calculates with doubles, because a sum of integers, which adopted columns may contain, could overflow. */
const overNumbers =
  (name: string) =>
  (place: Place): Aggregation => {
    const field = fieldAt(place);
    if (field.storage.encoding !== 'number')
      throw invalidQuery(`${place.path}/field`, 'The field is not a number field');
    return { column: sql`${sql.raw(name)}(${argument(place, field)} + 0.0)`, storage: NUMBER };
  };

const extreme =
  (name: string) =>
  (place: Place): Aggregation => {
    const field = fieldAt(place, orderedColumnAt);
    return {
      column: sql`${sql.raw(name)}(${columnRef(field)})`,
      // The result of an aggregation has no affinity, so that it would not be compared with a text as an integer.
      ...(isIntegerIdField(field) && { convert: (result) => sql`cast(${result} as integer)` }),
      storage: field.storage,
      ignoresCase: field.ignoresCase,
    };
  };

/**
 * The values as a list, which is sorted when it is decoded, because not every server supports ORDER BY here. Numbers are
 * encoded as text, because SQLite writes only fifteen of their digits into JSON.
 */
function listOf(place: Place, field: FieldModel): RawBuilder<unknown> {
  const column = sql.ref(field.name);
  const text = isIntegerIdField(field) ? sql`cast(${column} as text)` : sql`${column}`;
  const item = field.storage.value === 'number' ? sql`printf('%!.17g', ${column})` : text;
  const value = sql`case when ${column} is null then null else ${item} end`;
  if (!place.node.distinct) return sql`json_group_array(${value})`;
  const collation = field.ignoresCase ? sql` collate nocase` : sql``;
  return sql`json_group_array(distinct (${value})${collation})`;
}

function list(place: Place): Aggregation {
  const items = fieldAt(place);
  return { column: listOf(place, items), storage: LIST, items };
}

function joinedText(place: Place): Aggregation {
  const items = fieldAt(place);
  if (items.storage.encoding !== 'text' && !isIntegerIdField(items))
    throw invalidQuery(`${place.path}/field`, 'The field is not a text field');
  return { column: listOf(place, items), storage: LIST, items, isJoined: true };
}

const FUNCTIONS: Record<AggregationNode['function'], (place: Place) => Aggregation> = {
  count,
  count_distinct: (place) => count({ ...place, node: { ...place.node, distinct: true } }),
  sum: overNumbers('sum'),
  avg: overNumbers('avg'),
  min: extreme('min'),
  max: extreme('max'),
  array_agg: list,
  string_agg: joinedText,
};

/** Compiles an aggregation over the records of a group. */
export function compileAggregation(model: ObjectModel, node: AggregationNode, index: number): ValueColumn {
  const path = `/aggregations/${index}`;
  const {
    column,
    convert,
    storage,
    ignoresCase = false,
    ...rest
  } = FUNCTIONS[node.function]({ model, node, path });
  const filter =
    node.filter === undefined
      ? column
      : sql`${column} filter (where ${compileFilter(model, node.filter, `${path}/filter`) as RawBuilder<SqlBool>})`;
  const field = {
    name: node.alias,
    field: { type: typeOf(storage.encoding) },
    storage,
    ignoresCase,
    autonumber: null,
  } as FieldModel;
  return { name: node.alias, sql: convert ? convert(filter) : filter, field, ...rest };
}

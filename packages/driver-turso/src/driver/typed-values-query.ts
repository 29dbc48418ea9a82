import type { ObjectInput, QueryInput, RecordOf } from '@objectstack/spec/data';
import type { FilterOf } from './filter-of.js';

type NamesWith<Row, Value> = {
  [Name in keyof Row]: NonNullable<Row[Name]> extends Value ? Name : never;
}[keyof Row];

interface Aggregation<Row> {
  function: keyof Functions<Row>;
  field?: keyof Row;
  alias: string;
  distinct?: boolean;
  filter?: FilterOf<Row>;
}

interface FunctionOf<Row, Field> extends Aggregation<Row> {
  field: Field & keyof Row;
}

/** Aggregate functions, with the fields that they apply to. */
interface Functions<Row> {
  count: Aggregation<Row>;
  count_distinct: FunctionOf<Row, keyof Row>;
  array_agg: FunctionOf<Row, keyof Row>;
  sum: FunctionOf<Row, NamesWith<Row, number>>;
  avg: FunctionOf<Row, NamesWith<Row, number>>;
  min: FunctionOf<Row, NamesWith<Row, string | number | boolean>>;
  max: FunctionOf<Row, NamesWith<Row, string | number | boolean>>;
  string_agg: FunctionOf<Row, NamesWith<Row, string>>;
}

/** An aggregate value. */
export type TypedAggregation<T extends ObjectInput> = Aggregation<RecordOf<T>>;

/** The aggregation, or what it should be: each function applies to fields of certain types. */
type CheckedAggregation<Node, Row> = Node extends {
  readonly function: infer Name extends keyof Functions<Row>;
}
  ? Node extends Functions<Row>[Name]
    ? Node
    : Functions<Row>[Name]
  : Node;

type CheckedAggregations<Nodes, Row> = { [Index in keyof Nodes]: CheckedAggregation<Nodes[Index], Row> };

type ValueOf<Node, Row> = Node extends { readonly function: 'count' | 'count_distinct' }
  ? number
  : Node extends { readonly function: 'sum' | 'avg' }
    ? number | null
    : Node extends { readonly function: 'string_agg' }
      ? string | null
      : Node extends { readonly function: infer Name; readonly field: infer Field extends keyof Row }
        ? Name extends 'array_agg'
          ? Row[Field][]
          : Row[Field] | null
        : never;

type Flat<T> = T extends infer All ? { [Key in keyof All]: All[Key] } : never;
type AliasOf<Node> = Node extends { readonly alias: infer Alias extends string } ? Alias : never;

/** A row of values: the grouping fields and the results of the aggregations. */
export type TypedRow<
  T extends ObjectInput,
  Name extends keyof RecordOf<T>,
  Nodes extends readonly unknown[],
> = Flat<Pick<RecordOf<T>, Name> & { [Node in Nodes[number] as AliasOf<Node>]: ValueOf<Node, RecordOf<T>> }>;

/** A query for rows of values: groups with aggregate values, or the distinct rows of `fields`. */
export interface TypedValuesQuery<
  T extends ObjectInput,
  Name extends keyof RecordOf<T>,
  Nodes extends readonly TypedAggregation<T>[],
> extends Pick<QueryInput, 'limit' | 'offset' | 'top'> {
  where?: FilterOf<RecordOf<T>>;
  groupBy?: readonly Name[];
  aggregations?: CheckedAggregations<Nodes, RecordOf<T>>;
  distinct?: true;
  fields?: readonly Name[];
  having?: FilterOf<TypedRow<T, NoInfer<Name>, NoInfer<Nodes>>>;
  orderBy?: readonly { field: NoInfer<Name> | AliasOf<Nodes[number]>; order?: 'asc' | 'desc' }[];
}

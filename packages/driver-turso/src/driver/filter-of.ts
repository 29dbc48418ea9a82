import type { FieldReference } from '@objectstack/spec/data';
import type { JsonValue } from '@objectstack/spec/shared';

interface Presence {
  $null?: boolean;
  $exists?: boolean;
}

interface Equality<Value> extends Presence {
  $eq?: Value | null | FieldReference;
  $ne?: Value | null | FieldReference;
  $in?: readonly (Value | null)[];
  $nin?: readonly (Value | null)[];
}

interface Order<Value> extends Equality<Value> {
  $gt?: Value | FieldReference;
  $gte?: Value | FieldReference;
  $lt?: Value | FieldReference;
  $lte?: Value | FieldReference;
  $between?: readonly [Value, Value];
}

interface Search<Value> extends Order<Value> {
  $contains?: string;
  $notContains?: string;
  $startsWith?: string;
  $endsWith?: string;
}

interface Membership<Item> extends Presence {
  $eq?: null;
  $ne?: null;
  $contains?: Item;
  $notContains?: Item;
}

interface Emptiness extends Presence {
  $eq?: null;
  $ne?: null;
}

/** A value to compare with, or operators, for a field with values of this type. */
type Condition<Value> = JsonValue extends Value
  ? null | Emptiness
  : [Value] extends [null | readonly (infer Item)[]]
    ? null | Membership<Item>
    : [Value] extends [null | (infer Equal extends boolean)]
      ? Equal | null | Equality<Equal>
      : [Value] extends [null | (infer Ordered extends number)]
        ? Ordered | null | Order<Ordered>
        : [Value] extends [null | (infer Text extends string)]
          ? Text | null | Search<Text>
          : never;

/** A filter for records, or for rows, of this type: conditions on their fields. */
export type FilterOf<Row> = {
  [Name in keyof Row]?: Condition<Row[Name]>;
} & {
  $and?: FilterOf<Row>[];
  $or?: FilterOf<Row>[];
  $not?: FilterOf<Row>;
};

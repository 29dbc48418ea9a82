import type { DataRecord } from '@objectstack/spec/contracts';
import type { ObjectInput, QueryInput, RecordOf } from '@objectstack/spec/data';
import type { FilterOf } from './filter-of.js';

/** Conditions on the fields of an object. */
export type TypedFilter<T extends ObjectInput> = FilterOf<RecordOf<T>>;

interface Lookup {
  readonly type: 'lookup' | 'master_detail' | 'tree' | 'user';
}
type LookupNames<T extends ObjectInput> = {
  [Name in keyof T['fields']]: T['fields'][Name] extends Lookup ? Name : never;
}[keyof T['fields']];

type ReferenceOf<F, Own> = F extends { readonly reference: infer Name }
  ? Name
  : F extends { readonly type: 'tree' }
    ? Own
    : 'user';

/** The object that a lookup refers to; never if it is not among the objects. */
type TargetOf<
  T extends ObjectInput,
  Name extends keyof T['fields'],
  Objects extends readonly ObjectInput[],
> = Extract<Objects[number], { readonly name: ReferenceOf<T['fields'][Name], T['name']> }>;

/** What to read of a referenced record. */
type InnerQuery<Target extends ObjectInput, Objects extends readonly ObjectInput[]> = [Target] extends [never]
  ? { fields?: readonly string[] }
  : { fields?: readonly (keyof RecordOf<Target>)[]; expand?: ExpandOf<Target, Objects> };

/** The lookups to replace by the records that they refer to. */
export type ExpandOf<T extends ObjectInput, Objects extends readonly ObjectInput[]> = {
  [Name in LookupNames<T>]?: InnerQuery<TargetOf<T, Name, Objects>, Objects>;
};

type HasOtherKeys<Value, Shape> = Value extends readonly unknown[]
  ? false
  : [Exclude<keyof Value, keyof Shape>] extends [never]
    ? {
        [Key in keyof Value]: Key extends keyof Shape
          ? HasOtherKeys<Value[Key], NonNullable<Shape[Key]>>
          : never;
      }[keyof Value]
    : true;

/** The given type, or the shape if it has other keys: a type parameter alone would permit them. */
type Exactly<Value, Shape> = [Shape] extends [Value]
  ? Shape
  : true extends HasOtherKeys<Value, Shape>
    ? Shape
    : Value;

type Flat<T> = T extends infer All ? { [Key in keyof All]: All[Key] } : never;
type FieldsIn<Inner, Target extends ObjectInput> = Inner extends { readonly fields: readonly (infer Name)[] }
  ? Extract<Name, keyof RecordOf<Target>>
  : keyof RecordOf<Target>;
type ExpandIn<Inner> = Inner extends { readonly expand: infer Expand } ? Expand : unknown;

type Referenced<Target extends ObjectInput, Inner, Objects extends readonly ObjectInput[]> = [
  Target,
] extends [never]
  ? DataRecord
  : FoundOf<Target, Objects, FieldsIn<Inner, Target>, ExpandIn<Inner>>;

type Expanded<Value, Found> =
  NonNullable<Value> extends readonly unknown[] ? Found[] | Extract<Value, null> : Found | null;

/** A record with the given fields, in which the lookups of `expand` are replaced by records. */
export type FoundOf<
  T extends ObjectInput,
  Objects extends readonly ObjectInput[],
  Name extends keyof RecordOf<T>,
  Expand,
> = [Exclude<keyof RecordOf<T>, Name> | keyof Expand] extends [never]
  ? RecordOf<T>
  : Flat<{
      [Key in (Name | 'id' | keyof Expand) & keyof RecordOf<T>]: Key extends keyof Expand & keyof T['fields']
        ? Expanded<RecordOf<T>[Key], Referenced<TargetOf<T, Key, Objects>, Expand[Key], Objects>>
        : RecordOf<T>[Key];
    }>;

/** A query for records of an object, without the choice of fields. */
interface RecordQuery<T extends ObjectInput> extends Pick<QueryInput, 'limit' | 'offset' | 'top' | 'cursor'> {
  where?: FilterOf<RecordOf<T>>;
  orderBy?: readonly { field: keyof RecordOf<T>; order?: 'asc' | 'desc' }[];
}

/** A query for records of an object. */
export interface TypedQuery<
  T extends ObjectInput,
  Objects extends readonly ObjectInput[] = readonly ObjectInput[],
  Name extends keyof RecordOf<T> = keyof RecordOf<T>,
  Expand = ExpandOf<T, Objects>,
> extends RecordQuery<T> {
  fields?: readonly Name[];
  expand?: Exactly<Expand, ExpandOf<T, Objects>>;
}

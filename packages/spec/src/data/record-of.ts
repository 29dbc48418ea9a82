import type { JsonValue } from '../shared/json.js';
import type { FieldType } from './field-type.zod.js';
import type { FIELD_ENCODINGS, FIELD_TYPES } from './field-types.js';
import type { SystemFieldName } from './system-fields.js';

interface AnyField {
  readonly type: FieldType;
}
interface AnyObject {
  readonly fields: { readonly [name: string]: AnyField };
}

interface JavaScriptTypes {
  text: string;
  number: number;
  boolean: boolean;
  json: JsonValue;
  none: never;
}

type Facts = typeof FIELD_TYPES;
type Encoding<T extends FieldType> = Facts[T]['encoding'];
type TypesWith<Fact> = { [T in FieldType]: Facts[T] extends Fact ? T : never }[FieldType];
type Choice = TypesWith<{ readonly hasOptions: true }>;
type List = TypesWith<{ readonly isList: true }>;
type Computed = TypesWith<{ readonly encoding: 'computed' }>;

type OptionOf<F> = F extends { readonly options: readonly [] }
  ? string
  : F extends { readonly options: readonly { readonly value: infer Value }[] }
    ? Value
    : string;
type ItemOf<F extends AnyField> = F['type'] extends Choice
  ? OptionOf<F>
  : F['type'] extends List
    ? string
    : JavaScriptTypes[(typeof FIELD_ENCODINGS)[Encoding<F['type']>]['value']];
type ValueOf<F extends AnyField> = F extends { readonly multiple: true } | { readonly type: List }
  ? ItemOf<F>[]
  : ItemOf<F>;
type IsRequired<F> = F extends { readonly required: true } ? true : false;
type Stored<F extends AnyField> = IsRequired<F> extends true ? ValueOf<F> : ValueOf<F> | null;

type HasDefault<F> = F extends { readonly defaultValue: infer Value }
  ? [Value] extends [null | undefined]
    ? false
    : true
  : F extends { readonly options: readonly (infer Option)[] }
    ? [Extract<Option, { readonly default: true }>] extends [never]
      ? false
      : true
    : false;

/** Names of the stored fields, without system fields. Inferred, so that the compiler prints the names. */
type StoredNames<T extends AnyObject> = {
  [Name in keyof T['fields']]: Name extends SystemFieldName
    ? never
    : T['fields'][Name]['type'] extends Computed
      ? never
      : Name;
}[keyof T['fields']] extends infer Names extends keyof T['fields']
  ? Names
  : never;

/** Names of the stored fields that a caller can set. */
type SettableNames<T extends AnyObject> = {
  [Name in StoredNames<T>]: T['fields'][Name] extends
    | { readonly readonly: true }
    | { readonly type: 'autonumber' }
    ? never
    : Name;
}[StoredNames<T>];

/** Names of the fields that are required to create a record. */
type NeededNames<T extends AnyObject> = {
  [Name in SettableNames<T>]: [IsRequired<T['fields'][Name]>, HasDefault<T['fields'][Name]>] extends [
    true,
    false,
  ]
    ? Name
    : never;
}[SettableNames<T>];

/** One object type instead of an intersection; inferred, so that the compiler prints its properties and no name. */
type Flat<T> = T extends infer All ? { [Key in keyof All]: All[Key] } : never;

/** The type of a record as it is read, for an object defined with `defineObject`. */
export type RecordOf<T extends AnyObject> = Flat<
  { [Name in SystemFieldName]: string } & { [Name in StoredNames<T>]: Stored<T['fields'][Name]> }
>;

/** The input to create a record: required fields without a default must be present. */
export type CreateRecordOf<T extends AnyObject> = Flat<
  { id?: string | undefined } & { [Name in NeededNames<T>]: Stored<T['fields'][Name]> } & {
    [Name in Exclude<SettableNames<T>, NeededNames<T>>]?: Stored<T['fields'][Name]> | undefined;
  }
>;

/** The input to update a record. */
export type UpdateRecordOf<T extends AnyObject> = Flat<{
  [Name in SettableNames<T>]?: Stored<T['fields'][Name]> | undefined;
}>;

import type { DescribedBy, KnownKeys, OnlyKnown } from '../shared/known-keys.js';
import type { Field } from './field.zod.js';
import type { SelectOption } from './field-option.zod.js';
import type { FieldType } from './field-type.zod.js';
import type { FIELD_TYPES } from './field-types.js';
import type { Index, ObjectDefinition } from './object.zod.js';
import type { SystemFieldName } from './system-fields.js';

/*
 * What the compiler says about a definition is read by people, so it must be one line about one place. The checks below
 * return the definition unchanged, or a type that differs from it in the wrong place only: the compiler then reports the
 * difference there, as it would for a type without parameters, with its suggestions. The shapes are interfaces, whose
 * names the compiler prints, with at least one property of their own: of others it would print the base type.
 */

/** The keys of a field. */
interface FieldKeys extends KnownKeys<Field> {
  type: FieldType;
  options?: OptionKeys[] | undefined;
}

interface OptionKeys extends KnownKeys<SelectOption> {
  value: string;
}

interface IndexKeys extends KnownKeys<Index> {
  fields: string[];
}

/** The keys of an object. */
export interface ObjectKeys extends KnownKeys<ObjectDefinition> {
  fields: { [name: string]: FieldKeys };
  indexes?: IndexKeys[] | undefined;
}

type TypesWith<Fact> = {
  [T in keyof typeof FIELD_TYPES]: (typeof FIELD_TYPES)[T] extends Fact ? T : never;
}[keyof typeof FIELD_TYPES];
type Choice = TypesWith<{ readonly hasOptions: true }>;

/** A lookup names the object that it refers to. */
interface LookupKeys extends FieldKeys {
  reference: string;
}

/** A field with a choice has options; an empty list accepts any value. */
interface ChoiceKeys extends FieldKeys {
  options: NonNullable<FieldKeys['options']>;
}

/** A type without values, whose argument tells the author what is wrong. */
interface Invalid<Message extends string> {
  readonly invalid: Message;
}

interface RequiredLookupKeys extends Omit<FieldKeys, 'deleteBehavior'> {
  deleteBehavior?: Invalid<'set_null would clear a required lookup: choose restrict or cascade'>;
}

type CheckedField<F> = F extends { readonly type: 'lookup' | 'master_detail' }
  ? F extends { readonly reference: string }
    ? F extends { readonly required: true; readonly deleteBehavior: 'set_null' }
      ? RequiredLookupKeys
      : F
    : LookupKeys
  : F extends { readonly type: Choice }
    ? F extends { readonly options: readonly unknown[] }
      ? F
      : ChoiceKeys
    : F;

/** The fields of one of several objects; never if it is not among them. */
export type FieldsOf<Objects, Name> = Objects extends readonly (infer Item)[]
  ? Item extends { readonly name: Name; readonly fields: infer Fields }
    ? Fields
    : never
  : never;

/** A literal name must be one of the names; of a path such as `account.name`, the first part. */
export type CheckedName<Name, Fields> = [Fields] extends [never]
  ? Name
  : string extends Name | keyof Fields
    ? Name
    : Name extends keyof Fields | SystemFieldName | `${Extract<keyof Fields, string>}.${string}`
      ? Name
      : keyof Fields | SystemFieldName;

type CheckedNames<Names, Fields> = { [Index in keyof Names]: CheckedName<Names[Index], Fields> };

type WithCheckedFields<Part, Fields> = {
  [Key in keyof Part]: Key extends 'fields' ? CheckedNames<Part[Key], Fields> : Part[Key];
};

type CheckedRule<Rule, Fields> = Rule extends { readonly type: 'unique' }
  ? WithCheckedFields<Rule, Fields>
  : Rule;

type CheckedSummary<Operations, Objects> = Operations extends { readonly object: infer Name }
  ? {
      [Key in keyof Operations]: Key extends 'field'
        ? CheckedName<Operations[Key], FieldsOf<Objects, Name>>
        : Operations[Key];
    }
  : Operations;

type WithCheckedSummary<F, Objects> = F extends { readonly summaryOperations: unknown }
  ? {
      [Key in keyof F]: Key extends 'summaryOperations' ? CheckedSummary<F[Key], Objects> : F[Key];
    }
  : F;

// Types of their own, because the compiler maps each member of a union only for a type parameter.
type CheckedFields<Fields, Objects> = {
  [Name in keyof Fields]: WithCheckedSummary<CheckedField<Fields[Name]>, Objects>;
};
type CheckedIndexes<Indexes, Fields> = {
  [Position in keyof Indexes]: WithCheckedFields<Indexes[Position], Fields>;
};
type CheckedRules<Rules, Fields> = { [Position in keyof Rules]: CheckedRule<Rules[Position], Fields> };

/** The references inside an object: of its fields, indexes and rules. */
type WithCheckedReferences<T, Fields, Objects> = {
  [Key in keyof T]: Key extends 'fields'
    ? CheckedFields<T[Key], Objects>
    : Key extends 'indexes'
      ? CheckedIndexes<T[Key], Fields>
      : Key extends 'validations'
        ? CheckedRules<T[Key], Fields>
        : Key extends 'displayNameField'
          ? CheckedName<T[Key], Fields>
          : T[Key];
};

/** The type itself, described by the shape, if it has no other keys and passes the check; otherwise what it should be. */
export type Checked<T, Shape, Expected> = [Shape] extends [T]
  ? Shape
  : [T] extends [OnlyKnown<T, Shape>]
    ? [T] extends [Expected]
      ? T & DescribedBy<T, Shape>
      : Expected
    : Shape;

/** An object definition, or what it should be. Summaries may refer to the given objects. */
export type CheckedObject<T, Objects = readonly [T]> = Checked<
  T,
  ObjectKeys,
  WithCheckedReferences<T, T extends { readonly fields: infer Fields } ? Fields : never, Objects>
>;

import type { Field } from './field.zod.js';
import type { ObjectDefinition } from './object.zod.js';

type Known<T> = { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] };

/** A field as an author in TypeScript writes it: only known keys. */
export type FieldInput = Omit<Known<Field>, 'storage'> & { storage?: { notNull?: boolean } };

/** An object as an author in TypeScript writes it: only known keys. */
export type ObjectInput = Omit<Known<ObjectDefinition>, 'fields'> & { fields: Record<string, FieldInput> };

type OnlyKeysOf<Shape, T> = { [K in keyof T]: K extends keyof Shape ? T[K] : never };

/** T, with `never` at every key that no object or field has: a type parameter alone lets them pass. */
type Strict<T extends ObjectInput> = OnlyKeysOf<ObjectInput, T> & {
  fields: { [F in keyof T['fields']]: OnlyKeysOf<FieldInput, T['fields'][F]> };
};

/** Returns its argument; a key that no object or field has is a compile error. */
export function defineObject<const T extends ObjectInput>(definition: T & Strict<T>): T {
  return definition;
}

import type { KnownKeys, OnlyKnown } from '../shared/known-keys.js';
import type { Field } from './field.zod.js';
import type { ObjectDefinition } from './object.zod.js';

/** A field as an author in TypeScript writes it: only known keys. */
export type FieldInput = KnownKeys<Field>;

/** An object as an author in TypeScript writes it: only known keys. */
export type ObjectInput = KnownKeys<ObjectDefinition>;

/** Returns its argument; a key that is unknown where it stands is a compile error. */
export function defineObject<const T extends ObjectInput>(definition: T & OnlyKnown<T, ObjectInput>): T {
  return definition;
}

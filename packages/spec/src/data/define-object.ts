import type { KnownKeys, OnlyKnown } from '../shared/known-keys.js';
import type { Field } from './field.zod.js';
import type { ObjectDefinition } from './object.zod.js';

/** A field definition written in TypeScript: only known keys. */
export type FieldInput = KnownKeys<Field>;

/** An object definition written in TypeScript: only known keys. */
export type ObjectInput = KnownKeys<ObjectDefinition>;

/** Returns its argument; an unknown key is a compile-time error. */
export function defineObject<const T extends ObjectInput>(definition: T & OnlyKnown<T, ObjectInput>): T {
  return definition;
}

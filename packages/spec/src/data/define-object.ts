import type { KnownKeys } from '../shared/known-keys.js';
import type { CheckedObject, ObjectKeys } from './checked-object.js';
import type { Field } from './field.zod.js';
import type { ObjectDefinition } from './object.zod.js';

/** A field definition written in TypeScript: only known keys. */
export type FieldInput = KnownKeys<Field>;

/** An object definition written in TypeScript: only known keys. */
export type ObjectInput = KnownKeys<ObjectDefinition>;

/**
 * Returns its argument. The compiler rejects unknown keys, a lookup without `reference`, a choice without `options`,
 * `set_null` on a required lookup, and unknown fields in indexes, unique rules, `displayNameField` and summaries.
 */
export function defineObject<const T extends ObjectKeys>(definition: CheckedObject<T>): T {
  return definition as T;
}

import {
  type Field,
  isList,
  isReference,
  type ObjectDefinition,
  referenceTarget,
  SYSTEM_FIELDS,
  storageOf,
} from '@objectstack/spec/data';
import { memoizeFrozen } from './freeze-deeply.js';

/** An object with fields: of a bundle, or a system object. */
export interface FieldOwner {
  readonly name: string;
  readonly idType?: ObjectDefinition['idType'];
  readonly fields: Readonly<Record<string, Field>>;
}

/** The author's fields that have a column, sorted by name. */
export function storedFields({ fields }: FieldOwner): [string, Field][] {
  return Object.entries(fields)
    .filter(([name, field]) => storageOf(field).column !== null && !Object.hasOwn(SYSTEM_FIELDS, name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

export interface Reference {
  readonly field: string;
  /** Referenced object, if the field names one. */
  readonly target: string | undefined;
  /** Whether the field holds a list of references, which has no foreign key. */
  readonly isMany: boolean;
}

/** The reference fields of an object. */
export const referencesOf = memoizeFrozen(({ name, fields }: ObjectDefinition): Reference[] =>
  Object.entries(fields).flatMap(([field, facts]) =>
    isReference(facts) ? [{ field, target: referenceTarget(facts, name), isMany: isList(facts) }] : [],
  ),
);

import { isList, isReference, referenceTarget } from '@objectstack/spec/data';
import type { FieldModel, ObjectModel } from './object-model.js';

/** A single-valued lookup and the object that it references. */
export interface RecordLookup {
  readonly field: FieldModel;
  readonly target: string;
}

/** The single-valued lookups of an object. */
export function lookupsOf({ name, columns }: ObjectModel): RecordLookup[] {
  return columns.flatMap((field) => {
    const target = isReference(field.field) && !isList(field.field) && referenceTarget(field.field, name);
    return target ? [{ field, target }] : [];
  });
}

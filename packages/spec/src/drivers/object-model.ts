import type { RecordFields, StoredValue } from '../data/check-record.js';
import type { Field } from '../data/field.zod.js';
import { isList, isReference, referenceTarget } from '../data/field-storage.js';
import { fieldValueModel } from '../data/field-value.js';
import type { ObjectDefinition } from '../data/object.zod.js';
import { SYSTEM_FIELDS, separateSystemFields } from '../data/system-fields.js';
import { type DeleteRule, deleteRuleOf } from './delete-rule-of.js';

/** A record as it is stored: the encoded value of each stored field. */
export type StoredRow = Record<string, StoredValue>;

/** A lookup to a single record, which must exist if its object is deployed. */
export interface LookupModel {
  readonly field: string;
  /** Name of the object that the lookup refers to. */
  readonly target: string;
  readonly onDelete: DeleteRule;
}

/** What a driver needs to know about an object. */
export interface ObjectModel {
  readonly name: string;
  /** Definition without system fields. */
  readonly definition: ObjectDefinition;
  /** Every field by name, system fields included. */
  readonly fields: RecordFields;
  /** Fields that have a column; the values of all others are computed. */
  readonly stored: RecordFields;
  readonly lookups: readonly LookupModel[];
}

function lookupsOf({ name, fields }: ObjectDefinition): LookupModel[] {
  return Object.entries(fields).flatMap(([field, definition]) => {
    const target = referenceTarget(definition, name);
    if (!isReference(definition) || isList(definition) || target === undefined) return [];
    return [{ field, target, onDelete: deleteRuleOf(definition) }];
  });
}

/**
 * Returns the model of an object: what a driver needs to check, encode and compare its records. Computed once for any
 * number of calls.
 */
export function objectModel(definition: ObjectDefinition): ObjectModel {
  const own = separateSystemFields(definition);
  const { id, ...times } = SYSTEM_FIELDS;
  const all = Object.entries<Field>({ id, ...own.fields, ...times });
  const fields = new Map(all.map(([name, field]) => [name, fieldValueModel(field)]));
  const stored = new Map([...fields].filter(([, { storage }]) => storage.column !== null));
  return { name: own.name, definition: own, fields, stored, lookups: lookupsOf(own) };
}

import {
  type AutonumberFormat,
  type Field,
  type FieldValueModel,
  fieldValueModel,
  type ObjectDefinition,
  SYSTEM_FIELDS,
} from '@objectstack/spec/data';
import { autonumberOf } from '../schema/autonumber-of.js';
import type { FieldOwner } from '../schema/stored-fields.js';

/** Prepared form of a field definition. */
export interface FieldModel extends FieldValueModel {
  readonly name: string;
  readonly autonumber: AutonumberFormat | null;
}

/** Prepared form of an object definition. */
export interface ObjectModel {
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldModel>;
  /** Fields with a column, in the order of the keys of a record. */
  readonly columns: readonly FieldModel[];
  readonly autonumbers: readonly FieldModel[];
}

export function toObjectModel(definition: ObjectDefinition | FieldOwner): ObjectModel {
  const { id, created_at, updated_at } = SYSTEM_FIELDS;
  const fields = new Map(Object.entries<Field>({ id, ...definition.fields, created_at, updated_at }));
  const all = [...fields].map(([name, field]) => ({
    ...fieldValueModel(field),
    name,
    autonumber: autonumberOf(field, fields),
  }));
  return {
    name: definition.name,
    fields: new Map(all.map((model) => [model.name, model])),
    columns: all.filter(({ storage }) => storage.column !== null),
    autonumbers: all.filter(({ autonumber }) => autonumber !== null),
  };
}

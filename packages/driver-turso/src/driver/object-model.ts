import {
  type AutonumberFormat,
  autonumberFormatText,
  type Field,
  type FieldValueModel,
  fieldValueModel,
  isAutonumberTokenField,
  type ObjectDefinition,
  parseAutonumberFormat,
  SYSTEM_FIELDS,
} from '@objectstack/spec/data';
import type { FieldOwner } from '../schema/object-fields.js';

/** A field as the driver works with it. */
export interface FieldModel extends FieldValueModel {
  readonly name: string;
  readonly autonumber: AutonumberFormat | null;
}

/** An object as the driver works with it. */
export interface ObjectModel {
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldModel>;
  /** Fields with a column, in the order in which records have them. */
  readonly columns: readonly FieldModel[];
  readonly autonumbers: readonly FieldModel[];
}

/** The format of an autonumber field of an object; parts that it cannot read are literal text. */
export function autonumberOf(field: Field, fields: ReadonlyMap<string, Field>): AutonumberFormat | null {
  if (field.type !== 'autonumber') return null;
  const isTokenField = (name: string) => isAutonumberTokenField(fields.get(name));
  return parseAutonumberFormat(autonumberFormatText(field), isTokenField).format;
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

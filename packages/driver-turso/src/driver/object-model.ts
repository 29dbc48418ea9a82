import {
  FIELD_STORAGE,
  type Field,
  type FieldEncoding,
  type FieldStorage,
  isList,
  type ObjectDefinition,
  SYSTEM_FIELDS,
  storageOf,
} from '@objectstack/spec/data';
import type { FieldOwner } from '../schema/object-fields.js';
import { type AutonumberFormat, parseAutonumberFormat } from './autonumber-format.js';

/** A field as the driver works with it. */
export interface FieldModel {
  readonly name: string;
  readonly field: Field;
  readonly storage: FieldStorage;
  readonly isList: boolean;
  /** What an item of a list is like. */
  readonly itemEncoding: FieldEncoding;
  /** Values that a choice may have; null where any value goes. */
  readonly options: ReadonlySet<string> | null;
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

const CHOICE_TYPES: ReadonlySet<Field['type']> = new Set(['select', 'multiselect', 'radio', 'checkboxes']);

function toFieldModel([name, field]: [string, Field]): FieldModel {
  const choices =
    CHOICE_TYPES.has(field.type) && field.options ? field.options.map(({ value }) => value) : null;
  return {
    name,
    field,
    storage: storageOf(field),
    isList: isList(field),
    itemEncoding: isList({ type: field.type }) ? 'text' : FIELD_STORAGE[field.type].encoding,
    options: choices && new Set(choices),
    autonumber:
      field.type === 'autonumber' ? parseAutonumberFormat(field.autonumberFormat ?? field.format) : null,
  };
}

export function toObjectModel(definition: ObjectDefinition | FieldOwner): ObjectModel {
  const { id, created_at, updated_at } = SYSTEM_FIELDS;
  const all = Object.entries<Field>({ id, ...definition.fields, created_at, updated_at }).map(toFieldModel);
  return {
    name: definition.name,
    fields: new Map(all.map((model) => [model.name, model])),
    columns: all.filter(({ storage }) => storage.column !== null),
    autonumbers: all.filter(({ autonumber }) => autonumber !== null),
  };
}

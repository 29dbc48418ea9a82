import {
  type AutonumberFormat,
  type Field,
  type IdType,
  idFieldOf,
  type ObjectDefinition,
  SYSTEM_FIELDS,
  type ValueModel,
  valueModelOf,
} from '@objectstack/spec/data';
import { autonumberOf } from '../schema/autonumber-of.js';
import type { FieldOwner } from '../schema/stored-fields.js';

/** Prepared form of a field definition. */
export interface FieldModel extends ValueModel {
  readonly name: string;
  readonly autonumber: AutonumberFormat | null;
}

/** Prepared form of an object definition. */
export interface ObjectModel {
  readonly name: string;
  readonly idType: IdType;
  readonly fields: ReadonlyMap<string, FieldModel>;
  /** Fields with a column, in the order of the keys of a record. */
  readonly columns: readonly FieldModel[];
  readonly autonumbers: readonly FieldModel[];
}

/** Types of ids by object; those of objects that are not deployed are texts. */
export type IdTypes = (object: string) => IdType | undefined;

const TEXTS: IdTypes = () => undefined;

/** Prepares a definition. `idTypes` are those of all deployed objects. */
export function toObjectModel(owner: ObjectDefinition | FieldOwner, idTypes: IdTypes = TEXTS): ObjectModel {
  const { created_at, updated_at } = SYSTEM_FIELDS;
  const id = idFieldOf(owner);
  const fields = new Map(Object.entries<Field>({ id, ...owner.fields, created_at, updated_at }));
  const all = [...fields].map(([name, field]) => ({
    ...valueModelOf([name, field], owner, idTypes),
    name,
    autonumber: autonumberOf(field, fields),
  }));
  return {
    name: owner.name,
    idType: owner.idType ?? 'text',
    fields: new Map(all.map((model) => [model.name, model])),
    columns: all.filter(({ storage }) => storage.column !== null),
    autonumbers: all.filter(({ autonumber }) => autonumber !== null),
  };
}

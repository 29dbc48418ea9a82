import { FIELD_STORAGE, type Field, isList, type ObjectDefinition } from '@objectstack/spec/data';

/** Examples of mistakes contain fields of unknown types, which require nothing. */
const isKnown = ({ type }: Field) => Object.hasOwn(FIELD_STORAGE, type);

/** Whether the driver needs `arrayFields` to store the field. */
export const isArrayField = (field: Field): boolean => isKnown(field) && isList(field);

/** Whether the driver needs `jsonFields` to store the field: its value is JSON, but not a list of values. */
export const isJsonField = (field: Field): boolean =>
  isKnown(field) && !isList(field) && FIELD_STORAGE[field.type]?.encoding === 'json';

/** Whether the driver needs `indexes` to deploy the object. */
export const hasIndexes = ({ indexes, fields }: ObjectDefinition): boolean =>
  (indexes?.length ?? 0) > 0 || Object.values(fields).some(({ index }) => index === true);

interface StorableKinds {
  readonly jsonFields: boolean;
  readonly arrayFields: boolean;
  readonly indexes: boolean;
}

/** The object without the fields and indexes that a driver with these capabilities does not deploy. */
export function deployable(
  { indexes, ...definition }: ObjectDefinition,
  supports: StorableKinds,
): ObjectDefinition {
  const fields = Object.entries(definition.fields).filter(
    ([, field]) =>
      (supports.jsonFields || !isJsonField(field)) && (supports.arrayFields || !isArrayField(field)),
  );
  return {
    ...definition,
    fields: Object.fromEntries(fields),
    ...(supports.indexes && indexes && { indexes }),
  };
}

import * as z from 'zod';

type AnySchema = z.core.$ZodType;

/** The schema without what makes it optional or gives it a default. */
function requiredSchema(schema: AnySchema): AnySchema {
  const isWrapped =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable;
  return isWrapped ? requiredSchema(schema.def.innerType) : schema;
}

/** The schema of a part of a value; undefined if the schema does not describe the part. */
export function schemaAt(schema: AnySchema, path: readonly PropertyKey[]): AnySchema | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  for (const child of childrenOf(requiredSchema(schema), key)) {
    const found = schemaAt(child, rest);
    if (found) return found;
  }
  return undefined;
}

/** Schemas of a key or an item; several if alternatives of the schema have it. */
function childrenOf(schema: AnySchema, key: PropertyKey): AnySchema[] {
  if (schema instanceof z.ZodArray) return [schema.def.element];
  if (schema instanceof z.ZodRecord) return [schema.def.valueType];
  if (schema instanceof z.ZodPipe)
    return [schema.def.out, schema.def.in].flatMap((one) => childrenOf(requiredSchema(one), key));
  if (schema instanceof z.ZodUnion) {
    return schema.def.options.flatMap((option) => childrenOf(requiredSchema(option), key));
  }
  if (!(schema instanceof z.ZodObject)) return [];
  const { shape } = schema;
  return Object.hasOwn(shape, key) ? [shape[key as string]] : [];
}

/** Keys that a schema defines for an object; none for everything else. */
export function keysOf(schema: AnySchema): string[] {
  const plain = requiredSchema(schema);
  if (plain instanceof z.ZodUnion) return plain.def.options.flatMap(keysOf);
  return plain instanceof z.ZodObject ? Object.keys(plain.shape) : [];
}

/** Keys that every object of a schema must have; none for alternatives and for everything but objects. */
export function requiredKeysOf(schema: AnySchema): string[] {
  const plain = requiredSchema(schema);
  if (!(plain instanceof z.ZodObject)) return [];
  return Object.entries(plain.shape).flatMap(([key, value]) => (value._zod.optin === undefined ? key : []));
}

/** The schema of the items of a list. */
export function itemSchemaOf(schema: AnySchema): AnySchema | undefined {
  const plain = requiredSchema(schema);
  return plain instanceof z.ZodArray ? requiredSchema(plain.def.element) : undefined;
}

/** What a schema accepts, in the words of the schema that it was derived from; undefined if that has no description. */
export function formatDescription(schema: AnySchema): string | undefined {
  let description: string | undefined;
  let base: AnySchema | undefined = requiredSchema(schema);
  for (; base; base = base._zod.parent) description = z.globalRegistry.get(base)?.description ?? description;
  return description;
}

/** The schema of the key of a record at the end of a path. */
export function keySchemaAt(schema: AnySchema, path: readonly PropertyKey[]): AnySchema | undefined {
  const record = schemaAt(schema, path.slice(0, -1));
  const plain = record && requiredSchema(record);
  return plain instanceof z.ZodRecord ? plain.def.keyType : undefined;
}

/** The part of a value at a path, if it is an own property at each step. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

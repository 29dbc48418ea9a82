import type * as z from 'zod';

type AnySchema = z.core.$ZodType;

export interface Property {
  /** Path of the property, relative to the schema at which the walk started. */
  readonly path: string;
  readonly key: string;
  readonly schema: AnySchema;
}

const PARTS = [
  'innerType',
  'element',
  'keyType',
  'valueType',
  'catchall',
  'left',
  'right',
  'in',
  'out',
] as const;
const LISTS = ['options', 'items'] as const;

/** Schemas nested in a schema, without the properties of an object. */
function partsOf(schema: AnySchema): AnySchema[] {
  const def = schema._zod.def as unknown as Record<string, unknown>;
  const single = PARTS.map((part) => def[part]);
  const several = LISTS.flatMap((list) => def[list] ?? []);
  return [...single, ...several].filter((part): part is AnySchema => isSchema(part));
}

export function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value;
}

/** Every property of every object in the schema. */
export function propertiesOf(schema: AnySchema, path: string, seen = new Set<AnySchema>()): Property[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const { shape = {} } = schema._zod.def as { shape?: Record<string, AnySchema> };
  const own = Object.entries(shape).map(([key, value]) => ({ path: `${path}.${key}`, key, schema: value }));
  const below = own.flatMap((property) => propertiesOf(property.schema, property.path, seen));
  return [...own, ...below, ...partsOf(schema).flatMap((part) => propertiesOf(part, path, seen))];
}

/** The description of a schema, or of the schema that it makes optional. */
export function descriptionOf(schema: AnySchema): string | undefined {
  const { description } = schema as { description?: string };
  const { innerType } = schema._zod.def as { innerType?: AnySchema };
  return description ?? (innerType && descriptionOf(innerType));
}

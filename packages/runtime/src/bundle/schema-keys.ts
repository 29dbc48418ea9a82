import { hintOf } from '@objectstack/spec/shared';
import * as z from 'zod';

/** Known keys of the objects within a schema; `undefined` where it has none. */
export type SchemaKeys =
  | {
      readonly kind: 'object';
      readonly keys: ReadonlyMap<string, () => SchemaKeys | undefined>;
      /** Stored-only keys that authors usually write. */
      readonly expected: readonly string[];
    }
  | { readonly kind: 'stored'; readonly hint: z.core.$ZodType; readonly keys: SchemaKeys | undefined }
  | { readonly kind: 'items'; readonly item: SchemaKeys }
  | { readonly kind: 'one_or_list'; readonly one: SchemaKeys; readonly list: SchemaKeys }
  | { readonly kind: 'choice'; readonly key: string; readonly options: ReadonlyMap<unknown, SchemaKeys> };

type AnySchema = z.core.$ZodType;

const known = new WeakMap<AnySchema, SchemaKeys | undefined>();

/** The keys that a schema defines, derived from the schema itself. */
export function keysOfSchema(schema: AnySchema): SchemaKeys | undefined {
  if (!known.has(schema)) known.set(schema, readKeys(schema));
  return known.get(schema);
}

function readKeys(schema: AnySchema): SchemaKeys | undefined {
  const hint = hintOf(schema);
  if (hint) return { kind: 'stored', hint, keys: keysOfSchema(hint) };
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return keysOfSchema(schema.def.innerType);
  }
  if (schema instanceof z.ZodObject) return readObject(schema.shape);
  if (schema instanceof z.ZodArray) return readItems(schema.def.element);
  if (schema instanceof z.ZodRecord) return readItems(schema.def.valueType);
  if (schema instanceof z.ZodDiscriminatedUnion) return readChoice(schema);
  if (schema instanceof z.ZodUnion) return readAlternatives(schema.def.options);
  return undefined;
}

function readObject(shape: Record<string, AnySchema>): SchemaKeys {
  const entries = Object.entries(shape);
  return {
    kind: 'object',
    keys: new Map(entries.map(([key, value]) => [key, () => keysOfSchema(value)])),
    expected: entries.filter(([, value]) => isExpected(value)).map(([key]) => key),
  };
}

function isExpected(schema: AnySchema): boolean {
  const hint = hintOf(schema);
  return hint !== undefined && !z.safeParse(hint, undefined).success;
}

function readItems(schema: AnySchema): SchemaKeys | undefined {
  const item = keysOfSchema(schema);
  return item && { kind: 'items', item };
}

function readChoice(union: z.ZodDiscriminatedUnion): SchemaKeys {
  const key = union.def.discriminator;
  const options = new Map<unknown, SchemaKeys>();
  for (const option of union.def.options) {
    const keys = keysOfSchema(option);
    const values = option instanceof z.ZodObject ? (option.shape[key] as z.ZodLiteral).values : [];
    if (keys) for (const value of values) options.set(value, keys);
  }
  return { kind: 'choice', key, options };
}

/** Of a union such as a name or an object, the only variant with keys; nothing if several variants are objects. */
function readAlternatives(options: readonly AnySchema[]): SchemaKeys | undefined {
  const lists = keysAmong(options.filter((option) => option instanceof z.ZodArray));
  const others = keysAmong(options.filter((option) => !(option instanceof z.ZodArray)));
  if (lists.length > 1 || others.length > 1) return undefined;
  const [[list], [one]] = [lists, others];
  return list && one ? { kind: 'one_or_list', one, list } : (list ?? one);
}

function keysAmong(options: readonly AnySchema[]): SchemaKeys[] {
  return options.map(keysOfSchema).filter((keys) => keys !== undefined);
}

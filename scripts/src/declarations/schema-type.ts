import { hintOf } from '@objectstack/spec/shared';
import * as z from 'zod';
import type { AnySchema } from '../catalog/schema-parts.js';
import { namedAs } from './named-schemas.js';
import {
  type Definition,
  definitionOf,
  differs,
  inexpressible,
  literal,
  member,
  mention,
  objectType,
  propertyName,
  type TypeWriter,
} from './type-writer.js';
import { valueType } from './value-type.js';

type Of<Type extends Definition['type']> = Extract<Definition, { type: Type }>;

/** The interface that the published schemas of objects have. */
export const EXPLICIT_OBJECT = 'ExplicitObject';

/** Zod classes without type parameters; their types have the same names. */
const PLAIN = new Set([
  'ZodString',
  'ZodEmail',
  'ZodUUID',
  'ZodISODateTime',
  'ZodNumber',
  'ZodBoolean',
  'ZodNull',
  'ZodUnknown',
  'ZodNever',
]);

const classOf = (schema: AnySchema): string =>
  [...schema._zod.traits].find((trait) => trait.startsWith('Zod')) ?? '';

function plainType(schema: AnySchema): string {
  const name = classOf(schema);
  if (PLAIN.has(name)) return `z.${name}`;
  const { format } = schema._zod.def as { format?: string };
  if (name === 'ZodNumberFormat' && format === 'safeint') return 'z.ZodInt';
  throw inexpressible(`a schema of the class ${name}`);
}

function configOf({ catchall }: Of<'object'>): string {
  if (!catchall) return 'z.core.$strip';
  if (catchall instanceof z.ZodNever) return 'z.core.$strict';
  if (catchall instanceof z.ZodUnknown) return 'z.core.$loose';
  throw inexpressible('an object with a catchall');
}

function objectSchema(schema: AnySchema, def: Of<'object'>, writer: TypeWriter): string {
  const members = Object.entries(def.shape).map(([key, part]) =>
    member(part, key, '', schemaType(part, writer)),
  );
  const types = [valueType(schema, 'output', writer)];
  if (differs(schema)) types.push(valueType(schema, 'input', writer));
  const all = [objectType(members), configOf(def), ...types];
  return `${mention(EXPLICIT_OBJECT, writer)}<${all.join(', ')}>`;
}

function unionSchema(def: Of<'union'>, writer: TypeWriter): string {
  const options = `[${def.options.map((option) => schemaType(option, writer)).join(', ')}]`;
  const { discriminator } = def as { discriminator?: string };
  return discriminator === undefined
    ? `z.ZodUnion<readonly ${options}>`
    : `z.ZodDiscriminatedUnion<${options}, ${literal(discriminator)}>`;
}

function enumSchema({ entries }: Of<'enum'>): string {
  const members = Object.entries(entries).map(([key, value]) => `${propertyName(key)}: ${literal(value)};`);
  return `z.ZodEnum<${objectType(members)}>`;
}

function tupleSchema({ items, rest }: Of<'tuple'>, writer: TypeWriter): string {
  const types = items.map((item) => schemaType(item, writer));
  return `z.ZodTuple<[${types.join(', ')}], ${rest ? schemaType(rest, writer) : 'null'}>`;
}

/** A stored-only key: the schema is opaque, because its shape takes no part in parsing. */
function anyShape(schema: AnySchema, writer: TypeWriter): string {
  const { innerType = schema } = schema._zod.def as { innerType?: AnySchema };
  const [output, input] = (['output', 'input'] as const).map((side) => valueType(innerType, side, writer));
  const type = `z.ZodType<${output}, ${input}>`;
  return innerType === schema ? type : `z.ZodOptional<${type}>`;
}

/** The type of a schema, written structurally. */
export function writtenSchemaType(schema: AnySchema, writer: TypeWriter): string {
  const alias = namedAs(schema._zod.parent, writer.named);
  if (alias) return `typeof ${mention(alias.name, writer)}`;
  if (hintOf(schema)) return anyShape(schema, writer);
  const def = definitionOf(schema);
  switch (def.type) {
    case 'literal':
      return `z.ZodLiteral<${def.values.map(literal).join(' | ')}>`;
    case 'enum':
      return enumSchema(def);
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return `z.${classOf(schema)}<${schemaType(def.innerType, writer)}>`;
    case 'array':
      return `z.ZodArray<${schemaType(def.element, writer)}>`;
    case 'record': {
      const key = schemaType(def.keyType, writer);
      return `z.ZodRecord<${def.partial ? `${key} & z.core.$partial` : key}, ${schemaType(def.valueType, writer)}>`;
    }
    case 'tuple':
      return tupleSchema(def, writer);
    case 'union':
      return unionSchema(def, writer);
    case 'object':
      return objectSchema(schema, def, writer);
    default:
      return plainType(schema);
  }
}

/** The type of a schema: its name, if it has one. */
function schemaType(schema: AnySchema, writer: TypeWriter): string {
  const named = namedAs(schema, writer.named);
  return named ? `typeof ${mention(named.name, writer)}` : writtenSchemaType(schema, writer);
}

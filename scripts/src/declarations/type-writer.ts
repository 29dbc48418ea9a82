import * as z from 'zod';
import type { AnySchema } from '../catalog/schema-parts.js';
import { propertyComment } from './documentation.js';
import { type NamedSchemas, namedAs, type Side } from './named-schemas.js';

export type Definition = z.core.$ZodTypes['_zod']['def'];

/** Context of the type writers: the named schemas, and the collected names that a type mentions. */
export interface TypeWriter {
  readonly named: NamedSchemas;
  readonly mentioned: Set<string>;
}

export const definitionOf = (schema: AnySchema): Definition => (schema as z.core.$ZodTypes)._zod.def;

export const isExactOptional = (schema: AnySchema): boolean => schema instanceof z.ZodExactOptional;

/** Thrown for a schema that no declaration can be written for: the build fails instead of publishing `any`. */
export const inexpressible = (what: string): Error =>
  new Error(`No declaration can be written for ${what}: add its case to scripts/src/declarations.`);

export const literal = (value: unknown): string => {
  if (typeof value === 'bigint' || typeof value === 'symbol')
    throw inexpressible(`a ${typeof value} literal`);
  return value === undefined ? 'undefined' : JSON.stringify(value);
};

export const propertyName = (key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');

/** The members of an object type, each with its comment. */
export function objectType(members: readonly string[]): string {
  return members.length === 0 ? '{}' : `{\n${indented(members.join('\n'))}\n}`;
}

export const member = (schema: AnySchema, key: string, mark: string, type: string): string =>
  `${propertyComment(schema)}${propertyName(key)}${mark}: ${type};`;

/** Records a name that the written type mentions. */
export function mention(name: string, { mentioned }: TypeWriter): string {
  mentioned.add(name);
  return name;
}

/** Name of the type of a schema's values. An input type is exported only if it differs from the output type. */
export function typeName(schema: AnySchema | undefined, side: Side, writer: TypeWriter): string | undefined {
  const { types } = namedAs(schema, writer.named) ?? { types: {} as Partial<Record<Side, string>> };
  return types[side] ?? (side === 'input' && schema && !differs(schema) ? types.output : undefined);
}

/** Whether the accepted values of a schema differ from the parsed ones, because it contains a default. */
export function differs(schema: AnySchema, above: readonly AnySchema[] = []): boolean {
  if (above.includes(schema)) return false;
  const def = definitionOf(schema);
  if (def.type === 'default' || def.type === 'prefault') return true;
  return innerSchemas(def).some((inner) => differs(inner, [...above, schema]));
}

function innerSchemas(def: Definition): AnySchema[] {
  switch (def.type) {
    case 'object':
      return [...Object.values(def.shape), ...(def.catchall ? [def.catchall] : [])];
    case 'array':
      return [def.element];
    case 'record':
      return [def.keyType, def.valueType];
    case 'tuple':
      return [...def.items, ...(def.rest ? [def.rest] : [])];
    case 'union':
      return [...def.options];
    default:
      return 'innerType' in def ? [def.innerType] : [];
  }
}

import { hintOf } from '@objectstack/spec/shared';
import * as z from 'zod';
import type { AnySchema } from '../catalog/schema-parts.js';
import type { Side } from './named-schemas.js';
import {
  type Definition,
  definitionOf,
  inexpressible,
  isExactOptional,
  literal,
  member,
  mention,
  objectType,
  type TypeWriter,
  typeName,
} from './type-writer.js';

type Of<Type extends Definition['type']> = Extract<Definition, { type: Type }>;

const union = (types: readonly string[]): string => [...new Set(types)].join(' | ');

/** In parentheses, unless it is a name or an object type. */
const grouped = (type: string): string => (/^(?:[\w.]+|\{[^|]*\})$/.test(type) ? type : `(${type})`);

/** The index signature of an object type for additional keys. */
function restOf({ catchall }: Of<'object'>): string[] {
  if (!catchall || catchall instanceof z.ZodNever) return [];
  if (catchall instanceof z.ZodUnknown) return ['[key: string]: unknown;'];
  throw inexpressible('an object with a catchall');
}

function objectValue(def: Of<'object'>, side: Side, writer: TypeWriter): string {
  const members = Object.entries(def.shape).map(([key, schema]) => {
    const { optin, optout } = schema._zod;
    const mark = (side === 'input' ? optin : optout) === undefined ? '' : '?';
    return member(schema, key, mark, valueType(schema, side, writer));
  });
  const all = [...members, ...restOf(def)];
  return all.length === 0 ? 'Record<string, never>' : objectType(all);
}

function recordValue({ keyType, valueType: value, partial }: Of<'record'>, side: Side, writer: TypeWriter) {
  if (value._zod.optin !== undefined) throw inexpressible('a record of optional values');
  const text = `Record<${valueType(keyType, side, writer)}, ${valueType(value, side, writer)}>`;
  return partial ? `Partial<${text}>` : text;
}

function tupleValue({ items, rest }: Of<'tuple'>, side: Side, writer: TypeWriter): string {
  const types = items.map((item) => valueType(item, side, writer));
  if (items.some((item) => item._zod.optin !== undefined)) throw inexpressible('a tuple of optional items');
  return `[${[...types, ...(rest ? [`...${grouped(valueType(rest, side, writer))}[]`] : [])].join(', ')}]`;
}

/** A value with a default may be absent from input, but is never absent from output. */
function defaulted({ innerType }: Of<'default' | 'prefault'>, side: Side, writer: TypeWriter): string {
  if (innerType._zod.optin !== undefined) throw inexpressible('a default of what may be absent anyway');
  const type = valueType(innerType, side, writer);
  return side === 'input' ? union([type, 'undefined']) : type;
}

/** The types of values of any shape: beside a known shape, and beside known texts. */
export const ANY_SHAPE = 'AnyShape';
export const ANY_SHAPE_BESIDE_TEXTS = 'AnyShapeBesideTexts';

/** The schemas that a value may match at its top level. */
function variantsOf(schema: AnySchema): AnySchema[] {
  const def = definitionOf(schema);
  if (def.type === 'union') return def.options.flatMap(variantsOf);
  return 'innerType' in def ? variantsOf(def.innerType) : [schema];
}

/** Whether a schema accepts particular texts, and no others. */
function isOfTexts(schema: AnySchema): boolean {
  const variants = variantsOf(schema).map(definitionOf);
  const isText = (value: unknown) => typeof value === 'string';
  const accepts = variants.some(
    (def) =>
      (def.type === 'enum' && Object.values(def.entries).some(isText)) ||
      (def.type === 'literal' && def.values.some(isText)),
  );
  return accepts && variants.every(({ type }) => type !== 'string' && type !== 'unknown');
}

/** A stored-only value: the known shape for completion, and any other. */
function storedValue(hint: AnySchema, side: Side, writer: TypeWriter): string {
  const other = isOfTexts(hint) ? ANY_SHAPE_BESIDE_TEXTS : ANY_SHAPE;
  return union([valueType(hint, side, writer), mention(other, writer)]);
}

/** The type of accepted or parsed values, written structurally. */
export function writtenValueType(schema: AnySchema, side: Side, writer: TypeWriter): string {
  const alias = typeName(schema._zod.parent, side, writer);
  if (alias !== undefined) return mention(alias, writer);
  const def = definitionOf(schema);
  switch (def.type) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
    case 'unknown':
    case 'never':
      return def.type;
    case 'literal':
      return union(def.values.map(literal));
    case 'enum':
      return union(Object.values(def.entries).map(literal));
    case 'optional': {
      const type = valueType(def.innerType, side, writer);
      return isExactOptional(schema) ? type : union([type, 'undefined']);
    }
    case 'nullable':
      return union([valueType(def.innerType, side, writer), 'null']);
    case 'default':
    case 'prefault':
      return defaulted(def, side, writer);
    case 'array':
      return `${grouped(valueType(def.element, side, writer))}[]`;
    case 'record':
      return recordValue(def, side, writer);
    case 'tuple':
      return tupleValue(def, side, writer);
    case 'union': {
      const hint = hintOf(schema);
      if (hint) return storedValue(hint, side, writer);
      return union(def.options.map((option) => valueType(option, side, writer)));
    }
    case 'object':
      return objectValue(def, side, writer);
    default:
      throw inexpressible(`a schema of the kind ${def.type}`);
  }
}

/** The type of accepted or parsed values: the name of the schema's type, if it has one. */
export function valueType(schema: AnySchema, side: Side, writer: TypeWriter): string {
  const name = typeName(schema, side, writer);
  return name === undefined ? writtenValueType(schema, side, writer) : mention(name, writer);
}

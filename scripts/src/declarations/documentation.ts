import * as z from 'zod';
import type { AnySchema } from '../catalog/schema-parts.js';

type Wrapper = { readonly innerType?: AnySchema; readonly defaultValue?: unknown };

/** Description of a schema: its own, or that of the schema it wraps. */
export function descriptionOf(schema: AnySchema): string | undefined {
  const { innerType } = schema._zod.def as Wrapper;
  return z.globalRegistry.get(schema)?.description ?? (innerType && descriptionOf(innerType));
}

function defaultOf(schema: AnySchema): string | undefined {
  const def = schema._zod.def as Wrapper;
  if ('defaultValue' in def) return JSON.stringify(def.defaultValue);
  return def.innerType && defaultOf(def.innerType);
}

/** A TSDoc comment with its line break; empty if there is no description. */
export function comment(lines: readonly (string | undefined)[]): string {
  const said = lines
    .filter((line) => line !== undefined)
    .map((line) => line.replaceAll('*/', '*\\/').replaceAll('\n', '\n * '));
  if (said.length === 0) return '';
  return said.length === 1 ? `/** ${said[0]} */\n` : `/**\n * ${said.join('\n * ')}\n */\n`;
}

/** The comment of a property: its description and its default. */
export function propertyComment(schema: AnySchema): string {
  const value = defaultOf(schema);
  return comment([descriptionOf(schema), value === undefined ? undefined : `@defaultValue \`${value}\``]);
}

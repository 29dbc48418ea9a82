import type { Catalog } from '../catalog/catalog.js';
import { type AnySchema, schemaParts } from '../catalog/schema-parts.js';
import type { FoundExpression } from './in-sources.js';

function patternsOf(schema: AnySchema): RegExp[] {
  const definitions = [schema._zod.def, ...(schema._zod.def.checks ?? []).map((check) => check._zod.def)];
  return definitions.flatMap((definition) => {
    const { pattern } = definition as { pattern?: unknown };
    return pattern instanceof RegExp ? [pattern] : [];
  });
}

/** Every regular expression that a schema tests a string with, including those of Zod's formats and composed ones. */
export function expressionsInSchemas({ entries }: Catalog): FoundExpression[] {
  const seen = new Set<AnySchema>();
  const visit = (schema: AnySchema, where: string): FoundExpression[] => {
    if (seen.has(schema)) return [];
    seen.add(schema);
    const own = patternsOf(schema).map((expression) => ({ where, expression }));
    return [...own, ...schemaParts(schema).flatMap((part) => visit(part.schema, where + part.step))];
  };
  return entries.flatMap(({ name, schema }) => visit(schema, name));
}

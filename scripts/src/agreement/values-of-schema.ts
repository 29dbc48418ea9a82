import * as fc from 'fast-check';
import { zocker } from 'zocker';
import * as z from 'zod';
import { type AnySchema, schemaParts } from '../catalog/schema-parts.js';
import { textsMatching } from './texts-matching.js';

function holdsItself(
  schema: AnySchema,
  above: readonly AnySchema[] = [],
  seen = new Set<AnySchema>(),
): boolean {
  if (above.includes(schema)) return true;
  if (seen.has(schema)) return false;
  seen.add(schema);
  return schemaParts(schema).some((part) => holdsItself(part.schema, [...above, schema], seen));
}

function partsWithin(schema: AnySchema, seen = new Set<AnySchema>()): Set<AnySchema> {
  if (seen.has(schema)) return seen;
  seen.add(schema);
  for (const part of schemaParts(schema)) partsWithin(part.schema, seen);
  return seen;
}

/** A text that the schema accepts, if it has a pattern and a maximum length: zocker takes half a minute to find one. */
function shortText(schema: z.ZodString, seed: number): string | undefined {
  const { pattern, maxLength } = z.toJSONSchema(schema);
  if (pattern === undefined || maxLength === undefined) return undefined;
  const texts = textsMatching(pattern).filter((text) => schema.safeParse(text).success);
  return fc.sample(texts, { seed, numRuns: 1 })[0];
}

function generatorOf(schema: z.ZodType, seed: number) {
  const generator = zocker(schema)
    .any({ strategy: 'json-compatible' })
    .unknown({ strategy: 'json-compatible' })
    .array({ min: 0, max: 3 })
    .record({ min: 0, max: 3 })
    .override(z.ZodPrefault, (part) => part._zod.def.defaultValue)
    .setSeed(seed);
  return [...partsWithin(schema)].reduce((supplied, part) => {
    const text = part instanceof z.ZodString ? shortText(part, seed) : undefined;
    return text === undefined ? supplied : supplied.supply(part, text);
  }, generator);
}

/** Values that zocker generates from the Zod schema; none for a recursive schema, where it does not terminate. */
export function valuesOfSchema(
  schema: z.ZodType,
  { seed, count }: { seed: number; count: number },
): unknown[] {
  if (holdsItself(schema)) return [];
  return Array.from({ length: count }, (_, index) => generatorOf(schema, seed + index).generate());
}

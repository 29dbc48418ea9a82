import { VersionRangeSchema } from '@objectstack/spec/shared';
import { zocker } from 'zocker';
import * as z from 'zod';
import { type AnySchema, schemaParts } from '../catalog/schema-parts.js';

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

const isMadeFrom = (schema: AnySchema, origin: AnySchema): boolean =>
  schema === origin || (schema._zod.parent !== undefined && isMadeFrom(schema._zod.parent, origin));

function generatorOf(schema: z.ZodType) {
  const generator = zocker(schema)
    .any({ strategy: 'json-compatible' })
    .unknown({ strategy: 'json-compatible' })
    .array({ min: 0, max: 3 })
    .record({ min: 0, max: 3 })
    .override(z.ZodPrefault, (part) => part._zod.def.defaultValue);
  // Searching for a short enough string of this pattern takes half a minute.
  return [...partsWithin(schema)]
    .filter((part) => isMadeFrom(part, VersionRangeSchema))
    .reduce((supplied, part) => supplied.supply(part, '>=1.2.0 <2.0.0 || 3.x'), generator);
}

/** Values that zocker generates from the Zod schema; none for a recursive schema, where it does not terminate. */
export function valuesOfSchema(
  schema: z.ZodType,
  { seed, count }: { seed: number; count: number },
): unknown[] {
  if (holdsItself(schema)) return [];
  const generator = generatorOf(schema);
  return Array.from({ length: count }, (_, index) => generator.setSeed(seed + index).generate());
}

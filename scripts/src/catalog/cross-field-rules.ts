import * as protocol from '@objectstack/spec';
import { type LostCheck, lostChecks } from './lost-checks.js';
import { type AnySchema, isSchema, schemaParts } from './schema-parts.js';

interface PlacedCheck extends LostCheck {
  /** Path of the checked value relative to the schema; empty for the value itself. */
  readonly path: string;
}

const exported = new Set<unknown>(Object.values(protocol).filter(isSchema));

/** The exported schema that this one is or is derived from; its rules are listed there. */
function exportedOrigin(schema: AnySchema | undefined): AnySchema | undefined {
  return !schema || exported.has(schema) ? schema : exportedOrigin(schema._zod.parent);
}

/** Every check of a schema that JSON Schema cannot express, except those of other exported schemas within it. */
export function lostChecksWithin(root: AnySchema): PlacedCheck[] {
  const seen = new Set<AnySchema>();
  const visit = (schema: AnySchema, path: string): PlacedCheck[] => {
    const origin = schema === root ? undefined : exportedOrigin(schema);
    if (seen.has(schema) || origin === schema) return [];
    seen.add(schema);
    const own = lostChecks(schema, origin).map((check) => ({ ...check, path: path.replace(/^\./, '') }));
    const parts = origin ? [] : schemaParts(schema);
    return [...own, ...parts.flatMap((part) => visit(part.schema, path + part.step))];
  };
  return visit(root, '');
}

/** Constraints on the value of a schema beyond its JSON Schema, for its description. */
export function rulesAt(schema: AnySchema): string[] {
  const origin = exportedOrigin(schema);
  const own = lostChecks(schema, origin === schema ? undefined : origin);
  const { innerType } = schema._zod.def as { innerType?: AnySchema };
  const below = innerType && !exported.has(innerType) ? rulesAt(innerType) : [];
  return [...own.flatMap(({ sentence }) => sentence ?? []), ...below];
}

/** The rules of a schema that JSON Schema cannot express, one sentence each. */
export function crossFieldRules({ schema }: { readonly schema: AnySchema }): readonly string[] {
  return lostChecksWithin(schema).flatMap(({ path, sentence }) => {
    if (sentence === undefined) return [];
    return path === '' ? sentence : `In \`${path}\`: ${sentence}`;
  });
}

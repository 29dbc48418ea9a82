import * as protocol from '@objectstack/spec';
import { type LostCheck, lostChecks } from './lost-checks.js';
import { type AnySchema, isSchema, schemaParts } from './schema-parts.js';

interface PlacedCheck extends LostCheck {
  /** Where the value is that it checks, from the schema down; empty for the whole. */
  readonly path: string;
}

const exported = new Set<unknown>(Object.values(protocol).filter(isSchema));

/** The exported schema that this one is, or is made from; that one's rules stand with it. */
function exportedOrigin(schema: AnySchema | undefined): AnySchema | undefined {
  return !schema || exported.has(schema) ? schema : exportedOrigin(schema._zod.parent);
}

/** Every check of a schema that JSON Schema cannot say, without those of other exported schemas in it. */
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

/** What the value of a schema has to satisfy beyond its JSON Schema, for the text beside it. */
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

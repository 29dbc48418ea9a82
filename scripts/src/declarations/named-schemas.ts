import ts from 'typescript';
import { type AnySchema, isSchema } from '../catalog/schema-parts.js';
import type { SourceFile } from '../catalog/source-index.js';

/** The side of a schema that a type describes: accepted values, or parsed values. */
export type Side = 'input' | 'output';

/** A schema that the protocol exports, with the names of its types. */
export interface NamedSchema {
  readonly name: string;
  readonly schema: AnySchema;
  readonly types: Readonly<Partial<Record<Side, string>>>;
}

export interface NamedSchemas {
  readonly bySchema: ReadonlyMap<AnySchema, NamedSchema>;
  readonly byName: ReadonlyMap<string, NamedSchema>;
  /** The schema and side whose type an exported type is. */
  readonly byType: ReadonlyMap<string, { readonly named: NamedSchema; readonly side: Side }>;
  /** The file under `packages/spec/src` that declares a schema or a type. */
  readonly files: ReadonlyMap<string, string>;
}

const INFERRED = /^z\.(infer|input)<typeof (\w+)>$/;

/** Schema name and side of a type's name: `X` and `XInput` belong to `XSchema`. */
function ownerOf(node: ts.TypeAliasDeclaration, source: ts.SourceFile): [string, Side] | undefined {
  const [text, name] = [node.type.getText(source), node.name.text];
  const [, operation, schema = ''] = INFERRED.exec(text) ?? [];
  if (operation) return [schema, operation === 'input' ? 'input' : 'output'];
  if (!text.includes('z.')) return undefined;
  const base = name.replace(/Input$/, '');
  return [`${base}Schema`, base === name ? 'output' : 'input'];
}

function isExported(node: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(node) ? ts.getModifiers(node) : undefined;
  return modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
}

/** Exported statements of a module that declare a type by an alias or an interface. */
function exportedTypes(source: ts.SourceFile): (ts.TypeAliasDeclaration | ts.InterfaceDeclaration)[] {
  return source.statements.filter(
    (node): node is ts.TypeAliasDeclaration | ts.InterfaceDeclaration =>
      isExported(node) && (ts.isTypeAliasDeclaration(node) || ts.isInterfaceDeclaration(node)),
  );
}

/** Every exported schema and the exported types of its values, as paired in the schema modules. */
export function namedSchemas(
  sources: readonly SourceFile[],
  exported: Readonly<Record<string, unknown>>,
): NamedSchemas {
  const types = new Map<string, Partial<Record<Side, string>>>();
  const files = new Map<string, string>();
  for (const { path, text } of sources.filter((source) => source.path.endsWith('.zod.ts'))) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
    for (const [, name = ''] of text.matchAll(/^export const (\w+)/gm)) files.set(name, path);
    for (const node of exportedTypes(source)) {
      files.set(node.name.text, path);
      const [schema, side] = ts.isInterfaceDeclaration(node)
        ? [`${node.name.text}Schema`, 'output' as const]
        : (ownerOf(node, source) ?? ['']);
      if (side) types.set(schema, { [side]: node.name.text, ...types.get(schema) });
    }
  }
  const all = Object.entries(exported).flatMap(([name, schema]): NamedSchema[] =>
    isSchema(schema) ? [{ name, schema, types: types.get(name) ?? {} }] : [],
  );
  const byType = all.flatMap((named) =>
    (['output', 'input'] as const).flatMap((side) => {
      const type = named.types[side];
      return type === undefined ? [] : [[type, { named, side }] as const];
    }),
  );
  return {
    bySchema: new Map(all.map((named) => [named.schema, named])),
    byName: new Map(all.map((named) => [named.name, named])),
    byType: new Map(byType),
    files,
  };
}

/** The exported schema that a schema is, or is derived from by a description or check: all have the same type. */
export function namedAs(schema: AnySchema | undefined, { bySchema }: NamedSchemas): NamedSchema | undefined {
  for (let one = schema; one; one = one._zod.parent) {
    const named = bySchema.get(one);
    if (named) return named;
  }
  return undefined;
}

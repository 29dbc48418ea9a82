import { posix } from 'node:path';
import ts from 'typescript';
import type { SourceFile } from '../catalog/source-index.js';
import { comment, descriptionOf, propertyComment } from './documentation.js';
import type { NamedSchemas } from './named-schemas.js';
import { EXPLICIT_OBJECT, writtenSchemaType } from './schema-type.js';
import { definitionOf, type TypeWriter } from './type-writer.js';
import { ANY_SHAPE, ANY_SHAPE_BESIDE_TEXTS, writtenValueType } from './value-type.js';

/** The modules under `packages/spec/src` that declare the types which written types are made of. */
const PARTS: Readonly<Record<string, string>> = {
  [EXPLICIT_OBJECT]: 'shared/explicit-object.ts',
  [ANY_SHAPE]: 'shared/stored-only.ts',
  [ANY_SHAPE_BESIDE_TEXTS]: 'shared/stored-only.ts',
};

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A type assertion in the source takes precedence over the derived type. */
function assertedType(initializer: ts.Expression | undefined, source: ts.SourceFile): string | undefined {
  return initializer && ts.isAsExpression(initializer) ? initializer.type.getText(source) : undefined;
}

function schemaEdits(node: ts.VariableStatement, source: ts.SourceFile, writer: TypeWriter): Edit[] {
  const declarations = node.declarationList.declarations.flatMap(({ name, initializer }) => {
    const named = writer.named.byName.get(name.getText(source));
    if (!named) return [];
    const type = assertedType(initializer, source) ?? writtenSchemaType(named.schema, writer);
    return [`${comment([descriptionOf(named.schema)])}export declare const ${named.name}: ${type};`];
  });
  if (declarations.length === 0) return [];
  return [{ start: node.getStart(source, true), end: node.end, text: declarations.join('\n') }];
}

function typeEdits(node: ts.TypeAliasDeclaration, source: ts.SourceFile, writer: TypeWriter): Edit[] {
  const { named, side } = writer.named.byType.get(node.name.text) ?? {};
  if (!named || !side) return [];
  const type = writtenValueType(named.schema, side, writer);
  const text = `${comment([descriptionOf(named.schema)])}export type ${node.name.text} = ${type};`;
  return [{ start: node.getStart(source, true), end: node.end, text }];
}

/** A handwritten interface gets the descriptions of the properties of its schema. */
function interfaceEdits(node: ts.InterfaceDeclaration, source: ts.SourceFile, writer: TypeWriter): Edit[] {
  const { named } = writer.named.byType.get(node.name.text) ?? {};
  const def = named && definitionOf(named.schema);
  if (!named || def?.type !== 'object') return [];
  const start = node.getStart(source, true);
  const head = { start, end: node.getStart(source), text: comment([descriptionOf(named.schema)]) };
  const members = node.members.flatMap((one): Edit[] => {
    const part = one.name && def.shape[one.name.getText(source)];
    const at = one.getStart(source);
    return part ? [{ start: at, end: at, text: propertyComment(part as typeof named.schema) }] : [];
  });
  return [head, ...members];
}

function editsOf(node: ts.Statement, source: ts.SourceFile, writer: TypeWriter): Edit[] {
  if (ts.isVariableStatement(node)) return schemaEdits(node, source, writer);
  if (ts.isTypeAliasDeclaration(node)) return typeEdits(node, source, writer);
  if (ts.isInterfaceDeclaration(node)) return interfaceEdits(node, source, writer);
  return [];
}

function importedNames(source: ts.SourceFile): string[] {
  return source.statements.filter(ts.isImportDeclaration).flatMap(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
  });
}

function fileOf(name: string, { files }: NamedSchemas): string {
  const file = PARTS[name] ?? files.get(name);
  if (file === undefined) throw new Error(`No file declares ${name}.`);
  return file;
}

/** The imports of the mentioned types, one line for each module. */
function importLines(names: readonly string[], path: string, named: NamedSchemas): string {
  const files = [...new Set(names.map((name) => fileOf(name, named)))].sort();
  return files
    .map((file) => {
      const relative = posix.relative(posix.dirname(path), file).replace(/\.ts$/, '.js');
      const specifier = relative.startsWith('.') ? relative : `./${relative}`;
      const imported = names.filter((name) => fileOf(name, named) === file).sort();
      return `import type { ${imported.join(', ')} } from '${specifier}';\n`;
    })
    .join('');
}

/**
 * A schema module with explicit types: the compiler emits its declaration without inference. Handwritten constants,
 * interfaces and generic types are kept unchanged.
 */
export function explicitSource({ path, text }: SourceFile, named: NamedSchemas): string {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  const writer: TypeWriter = { named, mentioned: new Set() };
  const edits = source.statements.flatMap((node) => editsOf(node, source, writer));
  const edited = edits.reduceRight(
    (before, { start, end, text: replacement }) => before.slice(0, start) + replacement + before.slice(end),
    text,
  );
  const known = new Set(importedNames(source));
  const missing = [...writer.mentioned].filter((name) => !known.has(name) && named.files.get(name) !== path);
  return importLines(missing, path, named) + edited;
}

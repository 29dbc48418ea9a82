import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** Modules of the same package that a module needs at run time: what is imported or exported as a value. */
function importsOf(path: string, text: string): string[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return file.statements.flatMap((statement) => {
    const isImport = ts.isImportDeclaration(statement);
    if (!isImport && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    const isTypeOnly = isImport ? statement.importClause?.isTypeOnly : statement.isTypeOnly;
    if (isTypeOnly || !moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return [];
    if (!moduleSpecifier.text.startsWith('.')) return [];
    return posix.join(posix.dirname(path), moduleSpecifier.text.replace(/\.js$/, '.ts'));
  });
}

/** A source and everything that it requires at run time, relative to the folder of its package. */
export function neededSources(folder: string, source: string, needed = new Set<string>()): Set<string> {
  const path = posix.normalize(source);
  if (needed.has(path)) return needed;
  needed.add(path);
  for (const next of importsOf(path, readFileSync(join(folder, path), 'utf8')))
    neededSources(folder, next, needed);
  return needed;
}

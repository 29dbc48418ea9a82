import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

export interface SourceFile {
  /** Path relative to src, with slashes. */
  readonly path: string;
  readonly text: string;
}

const ROOT = new URL('../src/', import.meta.url);
const SPECIFIER = /^\s*(?:import|export)\b[^;]*?\bfrom '([^']+)';/gm;
const EXPORTED_SPECIFIER = /^export\b[^;]*?\bfrom '([^']+)';/gm;

/** The published source files: no tests and no type tests. */
export const sourceFiles: readonly SourceFile[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(path))
  .sort()
  .map((path) => ({ path, text: readFileSync(new URL(path, ROOT), 'utf8') }));

/** Module specifiers that a file imports or re-exports from. */
export function specifiersOf({ text }: SourceFile): string[] {
  return [...text.matchAll(SPECIFIER)].map(([, specifier = '']) => specifier);
}

/** Names that a file declares and exports. */
export function declaredNames({ text }: SourceFile): string[] {
  const names = [...text.matchAll(/^export (?:const|function\*?|class|interface|type) (\w+)/gm)].map(
    ([, name = '']) => name,
  );
  return [...new Set(names)];
}

/** Files whose exports a file re-exports, including itself. */
export function exportedFiles(path: string): string[] {
  const file = sourceFiles.find((candidate) => candidate.path === path);
  if (!file) return [];
  const targets = [...file.text.matchAll(EXPORTED_SPECIFIER)].map(([, specifier = '']) =>
    posix.join(posix.dirname(path), specifier.replace(/\.js$/, '.ts')),
  );
  return [path, ...targets.flatMap(exportedFiles)];
}

/** Folders that a folder imports from. Barrels are not counted: they only list what a subpath exports. */
function importedFolders(folder: string): string[] {
  const files = sourceFiles.filter(
    ({ path }) => posix.dirname(path) === folder && posix.basename(path) !== 'index.ts',
  );
  const imported = files.flatMap((file) =>
    specifiersOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => posix.dirname(posix.join(folder, specifier))),
  );
  return [...new Set(imported)].filter((other) => other !== folder);
}

/** Folders that a folder imports from, directly or through others. */
export function reachableFolders(folder: string): Set<string> {
  const reached = new Set<string>();
  const pending = importedFolders(folder);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...importedFolders(next));
  }
  return reached;
}

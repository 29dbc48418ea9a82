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
  const names = [...text.matchAll(/^export (?:const|function|class|interface|type) (\w+)/gm)].map(
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

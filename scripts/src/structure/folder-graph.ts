import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

const PACKAGES = new URL('../../../packages/', import.meta.url);

/** A folder of sources and the folders that its files import from. */
export interface FolderNode {
  /** Path under `packages`, such as `runtime/src/deploy`. */
  readonly path: string;
  readonly fileCount: number;
  readonly imports: readonly string[];
}

function sourcesOf(packageName: string): string[] {
  return readdirSync(new URL(`${packageName}/src/`, PACKAGES), { recursive: true, encoding: 'utf8' })
    .map((file) => `${packageName}/src/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file))
    .sort();
}

function importedFolders(file: string): string[] {
  const text = readFileSync(new URL(file, PACKAGES), 'utf8');
  return [...text.matchAll(/from '(\.[^']*)\.js'/g)].map(([, path = '']) =>
    posix.dirname(posix.join(posix.dirname(file), path)),
  );
}

/** The folders of a package. Files directly under `src` only compose the others and are omitted. */
export function foldersOf(packageName: string): FolderNode[] {
  const root = `${packageName}/src`;
  const byFolder = new Map<string, string[]>();
  for (const file of sourcesOf(packageName)) {
    const folder = posix.dirname(file);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  byFolder.delete(root);
  return [...byFolder].map(([path, files]) => ({
    path,
    fileCount: files.length,
    imports: [...new Set(files.flatMap(importedFolders))].filter((to) => to !== path && to !== root).sort(),
  }));
}

/** The graph without imports that are also reached through another one. */
export function withoutShortcuts(nodes: readonly FolderNode[]): FolderNode[] {
  const importsOf = new Map(nodes.map(({ path, imports }) => [path, imports]));
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    (importsOf.get(from) ?? []).some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return nodes.map((node) => ({
    ...node,
    imports: node.imports.filter(
      (to) => !node.imports.some((via) => via !== to && reaches(via, to, new Set([node.path]))),
    ),
  }));
}

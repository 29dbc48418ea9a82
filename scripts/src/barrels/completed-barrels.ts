import { posix } from 'node:path';
import { readSources, type SourceFile } from '../catalog/source-index.js';
import { completeBarrel } from './complete-barrel.js';

const SOURCES = 'packages/spec/src';
const BARREL = /^[\w-]+\/index\.ts$/;
const SPECIFIER = /^export [^;]*? from '([^']+)\.js';/gm;

/** Files that a file re-exports, including itself. */
function handedOn(path: string, sources: readonly SourceFile[]): string[] {
  const text = sources.find((source) => source.path === path)?.text ?? '';
  const targets = [...text.matchAll(SPECIFIER)].map(([, target = '']) =>
    posix.join(posix.dirname(path), `${target}.ts`),
  );
  return [path, ...targets.flatMap((target) => handedOn(target, sources))];
}

/** The barrels of the protocol that lack schema modules, completed, by path in this repository. */
export async function completedBarrels(): Promise<Map<string, string>> {
  const sources = await readSources();
  const completed = new Map<string, string>();
  for (const { path, text } of sources.filter((source) => BARREL.test(source.path))) {
    const folder = `${posix.dirname(path)}/`;
    const known = new Set(handedOn(path, sources));
    const missing = sources
      .map((source) => source.path)
      .filter((file) => file.startsWith(folder) && file.endsWith('.zod.ts') && !known.has(file))
      .map((file) => `./${file.slice(folder.length).replace(/\.ts$/, '')}`);
    if (missing.length > 0) completed.set(`${SOURCES}/${path}`, completeBarrel(text, missing));
  }
  return completed;
}

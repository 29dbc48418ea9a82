import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { UnusedBundlesPage } from '@objectstack/spec/contracts';
import { unusedIn } from './bundle-file.js';

/** A page ends with the subdirectory in which it reaches this number. */
const PAGE_SIZE = 100;

async function subdirectoriesIn(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The page of unused bundles that follows a checksum; the first page if that is empty. */
export async function listUnusedFiles(
  directory: string,
  { before, after }: { before: number; after: string },
): Promise<UnusedBundlesPage> {
  const checksums: string[] = [];
  const subdirectories = (await subdirectoriesIn(directory)).filter((name) => name >= after.slice(0, 2));
  for (const name of subdirectories) {
    const unused = await unusedIn(join(directory, name), before);
    checksums.push(...unused.filter((checksum) => checksum > after));
    const last = checksums.at(-1);
    if (checksums.length >= PAGE_SIZE && last) return { checksums, nextCursor: last };
  }
  return { checksums, nextCursor: null };
}

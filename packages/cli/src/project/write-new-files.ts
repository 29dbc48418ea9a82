import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commandError } from '../frame/command-error.js';
import { shownPath } from './read-source.js';

interface NewFiles {
  readonly directory: string;
  /** Texts by path relative to the directory. */
  readonly files: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Commands to continue with if a file exists. */
  readonly next: readonly string[];
}

const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** The file appears when it is complete, so that a killed command leaves none that another call would not write. */
async function writeCompletely(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(partial, text);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

/** Writes files, and nothing if one of them exists with another text. A call that was killed can be repeated. */
export async function writeNewFiles({ directory, files, cwd, next }: NewFiles): Promise<void> {
  const missing: [path: string, text: string][] = [];
  const others: string[] = [];
  for (const [path, text] of Object.entries(files)) {
    const found = await textOf(join(directory, path));
    if (found === undefined) missing.push([path, text]);
    else if (found !== text) others.push(path);
  }
  if (others.length > 0)
    throw commandError({
      code: 'invalid_request',
      message: `The directory ${shownPath(cwd, directory)} already contains ${others.join(', ')}. Nothing was written.`,
      exit: 'conflict',
      next,
    });
  for (const [path, text] of missing) await writeCompletely(join(directory, path), text);
}

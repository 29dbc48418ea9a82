import { link, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { ensureDirectory } from './ensure-directory.js';
import { DATABASE_SUFFIXES } from './local-layout.js';

/** Ends the names of files that are not complete. */
export const TEMPORARY = '.tmp';

const removeIfPresent = (path: string): Promise<void> =>
  unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });

/**
 * Creates the file of a database, which appears complete or not at all: `write` makes it under a temporary name in a directory of
 * the same file system. Rejects with the system error EEXIST if the target exists.
 */
export async function createWholeFile(
  target: string,
  { directory, write }: { readonly directory: string; readonly write: (temporary: string) => Promise<void> },
): Promise<void> {
  await ensureDirectory(directory);
  const temporary = join(directory, `${uuidv7()}${TEMPORARY}`);
  try {
    await write(temporary);
    await link(temporary, target);
  } finally {
    await Promise.all(DATABASE_SUFFIXES.map((suffix) => removeIfPresent(temporary + suffix)));
  }
}

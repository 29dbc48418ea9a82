import { link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { DATABASE_SUFFIXES } from './local-layout.js';

/** Ends the names of files that are not complete. */
export const TEMPORARY = '.tmp';

/**
 * Creates the file of a database, which appears complete or not at all: `write` makes it under a temporary name in a directory of
 * the same file system. Rejects with the system error EEXIST if the target exists.
 */
export async function createWholeFile(
  target: string,
  { directory, write }: { readonly directory: string; readonly write: (temporary: string) => Promise<void> },
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const temporary = join(directory, `${uuidv7()}${TEMPORARY}`);
  try {
    await write(temporary);
    await link(temporary, target);
  } finally {
    for (const suffix of DATABASE_SUFFIXES) await rm(temporary + suffix, { force: true });
  }
}

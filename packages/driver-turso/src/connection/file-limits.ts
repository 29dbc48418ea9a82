import { lstatSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, link, open, rename, rm } from 'node:fs/promises';
import { ObjectStackError } from '@objectstack/spec/shared';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod';

/*
 * SQLite stores neither who may use a database nor how large it may become, so a local platform stores both in a small
 * file beside the database. Every process reads it before each use of the database, which costs one `stat` while it does
 * not change. It is replaced by a rename, so that a reader never sees a part of it.
 */

const FileLimitsSchema = z.strictObject({
  blockReads: z.boolean(),
  blockWrites: z.boolean(),
  sizeLimitBytes: z.int().min(1).optional(),
});
/** Restrictions of a database file. */
export type FileLimits = z.infer<typeof FileLimitsSchema>;

export const NO_LIMITS: FileLimits = { blockReads: false, blockWrites: false };

export const LIMITS_SUFFIX = '-limits';

function parse(text: string): FileLimits {
  try {
    return FileLimitsSchema.parse(JSON.parse(text));
  } catch {
    throw new ObjectStackError({
      code: 'database_invalid',
      message:
        'The file with the limits of the database is damaged. Set its access or its size limit again, which replaces the file.',
      details: { reason: 'limits_damaged' },
    });
  }
}

/** Reads the limits of one database file, and parses them only when they change. */
export class FileLimitsReader {
  readonly #path: string;
  #version: string | undefined;
  #limits: FileLimits = NO_LIMITS;

  constructor(databasePath: string) {
    this.#path = databasePath + LIMITS_SUFFIX;
  }

  read(): FileLimits {
    const file = statSync(this.#path, { throwIfNoEntry: false });
    const version = file && `${file.ino}:${file.mtimeMs}:${file.size}`;
    if (version === this.#version) return this.#limits;
    const limits = file ? this.#parsed() : NO_LIMITS;
    this.#limits = limits;
    this.#version = version;
    return limits;
  }

  #parsed(): FileLimits {
    try {
      return parse(readFileSync(this.#path, 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_LIMITS;
      throw error;
    }
  }
}

async function writeDurably(file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes the limits of a database file to a temporary file, and moves it where they belong. */
async function storeLimits(
  databasePath: string,
  limits: FileLimits,
  move: (temporary: string, path: string) => Promise<void>,
): Promise<void> {
  const path = databasePath + LIMITS_SUFFIX;
  const temporary = `${path}.${uuidv7()}.tmp`;
  try {
    await writeDurably(await open(temporary, 'wx'), JSON.stringify(FileLimitsSchema.parse(limits)));
    await move(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Replaces the limits of a database file. The caller syncs the directory. */
export const writeFileLimits = (databasePath: string, limits: FileLimits): Promise<void> =>
  storeLimits(databasePath, limits, rename);

/** Adds the limits of a database file, unless it has some. The caller syncs the directory. */
export const addFileLimits = (databasePath: string, limits: FileLimits): Promise<void> =>
  storeLimits(databasePath, limits, (temporary, path) =>
    link(temporary, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    }),
  );

export async function removeFileLimits(databasePath: string): Promise<void> {
  if (!lstatSync(databasePath + LIMITS_SUFFIX, { throwIfNoEntry: false })) return;
  await rm(databasePath + LIMITS_SUFFIX, { force: true });
}

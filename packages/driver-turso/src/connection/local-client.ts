import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import { ObjectStackError } from '@objectstack/spec/shared';

/** Kept small: while it lasts the whole process stands still. */
const NATIVE_BUSY_TIMEOUT_MS = 100;

export interface LocalFileOptions {
  /** Makes the file if it is missing. Absent: a missing file is an error. */
  readonly create?: boolean;
  readonly durability?: 'full' | 'normal';
}

export interface LocalClient {
  readonly client: Client;
  /** Identity of the file that was opened. */
  readonly inode: number;
}

/** Inode of the file, or null when there is none. */
export function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}

export function missingFile(): ObjectStackError {
  return new ObjectStackError({
    code: 'database_not_found',
    message: 'The file of the database does not exist.',
  });
}

/** Opens the file with the settings that every connection of ours has. */
export async function openLocalClient(path: string, options: LocalFileOptions): Promise<LocalClient> {
  if (!options.create && inodeOf(path) === null) throw missingFile();
  const client = createClient({
    url: pathToFileURL(path).href,
    concurrency: 1,
    timeout: NATIVE_BUSY_TIMEOUT_MS,
  });
  try {
    await client.execute('PRAGMA journal_mode = WAL');
    await client.execute(`PRAGMA synchronous = ${options.durability === 'normal' ? 'NORMAL' : 'FULL'}`);
    await client.execute('PRAGMA foreign_keys = ON');
  } catch (error) {
    client.close();
    throw error;
  }
  const inode = inodeOf(path);
  if (inode === null) throw missingFile();
  return { client, inode };
}

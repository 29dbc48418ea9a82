import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import { ObjectStackError } from '@objectstack/spec/shared';

/** Kept small: while it lasts the whole process stands still. */
const NATIVE_BUSY_TIMEOUT_MS = 100;

export type Durability = 'full' | 'normal';

export interface LocalClient {
  readonly client: Client;
  /** Identity of the file that was opened. */
  readonly identity: string;
  readonly durability: Durability;
}

/** Identity of the file, or null when there is none. */
export function identityOf(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false });
  return file ? `${file.dev}:${file.ino}` : null;
}

export function missingFile(): ObjectStackError {
  return new ObjectStackError({
    code: 'database_not_found',
    message: 'The file of the database does not exist.',
  });
}

/** Opens the file with the settings that every connection of ours has. */
export async function openLocalClient(
  path: string,
  { create, durability }: { create: boolean; durability: Durability },
): Promise<LocalClient> {
  const before = identityOf(path);
  if (!create && before === null) throw missingFile();
  const client = createClient({
    url: pathToFileURL(path).href,
    concurrency: 1,
    timeout: NATIVE_BUSY_TIMEOUT_MS,
  });
  try {
    await client.execute('PRAGMA journal_mode = WAL');
    await client.execute(`PRAGMA synchronous = ${durability}`);
    await client.execute('PRAGMA foreign_keys = ON');
    const identity = identityOf(path);
    if (identity === null || (before !== null && identity !== before)) throw missingFile();
    return { client, identity, durability };
  } catch (error) {
    client.close();
    throw error;
  }
}

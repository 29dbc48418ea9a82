import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { unreadable } from '../project/read-source.js';

/** Variables of the file `.env` in a directory; none if there is no such file. */
export async function readEnvironmentFile(directory: string): Promise<Readonly<Record<string, string>>> {
  try {
    return parseEnv(await readFile(join(directory, '.env'), 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw unreadable('.env', error);
  }
}

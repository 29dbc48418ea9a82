import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const sync = promisify(fsync);

/** Makes created, renamed and removed files of a directory durable. */
export async function syncDirectory(directory: string): Promise<void> {
  const file = openSync(directory, 'r');
  try {
    await sync(file);
  } finally {
    closeSync(file);
  }
}

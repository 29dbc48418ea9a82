import { closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';

const sync = promisify(fsync);

/** Makes the content of a file durable, after `change` has changed it. */
export async function syncFile(
  path: string,
  change: (file: number) => void = () => undefined,
): Promise<void> {
  const file = openSync(path, 'r+');
  try {
    change(file);
    await sync(file);
  } finally {
    closeSync(file);
  }
}

import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';

/** Creates a directory and its parents unless it exists, which is found without a turn of the event loop. */
export async function ensureDirectory(directory: string): Promise<void> {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory()) return;
  await mkdir(directory, { recursive: true });
}

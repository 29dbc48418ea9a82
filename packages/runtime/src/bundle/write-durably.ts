import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file atomically, with the given modification time. After the promise resolves, the file survives a power
 * failure.
 */
export async function writeDurably(file: string, content: Uint8Array, modifiedAt: Date): Promise<void> {
  const directory = dirname(file);
  await makeDirectory(directory);
  const temporary = join(directory, `.${randomUUID()}.tmp`);
  try {
    await writeSynced(temporary, content, modifiedAt);
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(directory);
}

/** Syncs the names in a directory to disk. Windows has no such operation. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Creates a directory and its parents, and returns the topmost one that it created. The recursive `mkdir` of Node.js hides
 * why a parent cannot be created.
 */
async function makeMissing(directory: string): Promise<string | undefined> {
  if (await isDirectory(directory)) return undefined;
  const parent = dirname(directory);
  const first = parent === directory ? undefined : await makeMissing(parent);
  try {
    await mkdir(directory);
  } catch (error) {
    if (!(await isDirectory(directory))) throw error;
    return first;
  }
  return first ?? directory;
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Syncs the parent even if the directory exists: another process may have created it a moment ago. */
async function makeDirectory(directory: string): Promise<void> {
  const first = await makeMissing(directory);
  const top = dirname(first ?? directory);
  for (let parent = dirname(directory); parent.length >= top.length; parent = dirname(parent)) {
    await syncDirectory(parent);
    if (parent === dirname(parent)) return;
  }
}

async function writeSynced(file: string, content: Uint8Array, modifiedAt: Date): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.utimes(modifiedAt, modifiedAt);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

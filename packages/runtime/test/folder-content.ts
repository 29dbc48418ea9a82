import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';

/** Files of a folder by their relative paths. */
export type FolderContent = ReadonlyMap<string, Buffer>;

/**
 * Reads all files of a folder. No connection of this process may be open on a database in it: closing a file releases
 * the locks that SQLite holds on it.
 */
export async function readFolder(folder: string): Promise<FolderContent> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.map(async (file) => [relative(folder, file), await readFile(file)] as const)),
  );
}

async function writeFolder(folder: string, content: FolderContent): Promise<void> {
  for (const [path, bytes] of content) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

/** A folder with the files, which is removed after the test. */
export async function folderWith(content: FolderContent): Promise<string> {
  const folder = await temporaryFolder();
  await writeFolder(folder, content);
  return folder;
}

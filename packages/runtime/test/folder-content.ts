import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';

/** Files of a folder by their relative paths. */
export type FolderContent = ReadonlyMap<string, Buffer>;

/** Whether the file is the shared index of a write-ahead log, which SQLite recreates. */
const isIndex = (file: string) => file.endsWith('-shm');

/**
 * The bytes of a file. A closed connection removes its empty write-ahead log late, when its statements are garbage: the
 * file may vanish after its folder was read.
 */
async function bytesOf(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if (file.endsWith('-wal') && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Reads all files of a folder. No connection of this process may be open on a database in it: closing a file releases
 * the locks that SQLite holds on it.
 */
export async function readFolder(folder: string): Promise<FolderContent> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !isIndex(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(
    files.map(async (file) => [relative(folder, file), await bytesOf(file)] as const),
  );
  return new Map(contents.flatMap(([path, bytes]) => (bytes ? [[path, bytes] as const] : [])));
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

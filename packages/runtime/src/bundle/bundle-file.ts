import { randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limitConcurrency } from '@objectstack/spec/shared';
import { syncDirectory, writeDurably } from './write-durably.js';

/*
 * The modification time of a file is the time of its last use, to within a day, so that most uses write nothing.
 *
 * A file is removed in three steps: it is moved aside, its modification time is read again, and it is deleted or put
 * back. A process that marks a use first writes the modification time and then checks that the file is in place. So
 * either the use is seen after the move, or the move after the use, and the bytes are then written again. A process that
 * dies in between leaves a file aside, where it is still found.
 */

const DAY_MS = 24 * 60 * 60 * 1_000;
const ASIDE = '.unused';

/** Limits the number of open file descriptors, however many calls are concurrent. */
const withDescriptor = limitConcurrency(8);

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whether the file exists and was last used before the time. */
async function isUnused(file: string, before: number): Promise<boolean> {
  const found = await unlessMissing(stat(file));
  return found !== undefined && found.mtimeMs + DAY_MS < before;
}

/** The checksum in the name of a file of a bundle, in place or aside. */
const checksumOf = (name: string): string | undefined =>
  /^([0-9a-f]{64})\.json$/.exec(name)?.[1] ?? /^\.([0-9a-f]{64})\.[0-9a-f-]{36}\.unused$/.exec(name)?.[1];

/** Checksums of the bundles of a directory that were last used before the time, sorted. */
export async function unusedIn(directory: string, before: number): Promise<string[]> {
  const checksums = new Set<string>();
  for (const name of (await unlessMissing(readdir(directory))) ?? []) {
    const checksum = checksumOf(name);
    if (checksum && (await isUnused(join(directory, name), before))) checksums.add(checksum);
  }
  return [...checksums].sort();
}

/** The file of one bundle in a directory. */
export class BundleFile {
  readonly #directory: string;
  readonly #checksum: string;
  readonly #subdirectory: string;
  readonly #file: string;

  constructor(directory: string, checksum: string) {
    this.#directory = directory;
    this.#checksum = checksum;
    this.#subdirectory = join(directory, checksum.slice(0, 2));
    this.#file = join(this.#subdirectory, `${checksum}.json`);
  }

  /** A file that is being removed may be put back between the first two attempts. */
  async read(): Promise<Uint8Array | undefined> {
    return (await this.#readInPlace()) ?? (await this.#readAside()) ?? (await this.#readInPlace());
  }

  /** Writes the file durably, as used at this time. */
  write(content: Uint8Array, usedAt: number): Promise<void> {
    return withDescriptor(() => writeDurably(this.#file, content, new Date(usedAt)));
  }

  /** Makes the name of the file durable, which another process may have written a moment ago. */
  async sync(): Promise<void> {
    await withDescriptor(() => syncDirectory(this.#subdirectory));
    await withDescriptor(() => syncDirectory(this.#directory));
  }

  /** Records a use. Returns false if the file is not in place: it must be written again. */
  async markUsed(usedAt: number): Promise<boolean> {
    const found = await unlessMissing(stat(this.#file));
    if (!found) return false;
    if (found.mtimeMs > usedAt - DAY_MS) return true;
    return withDescriptor(() => this.#writeUse(new Date(usedAt)));
  }

  async removeUnused(before: number): Promise<boolean> {
    const wasAside = await this.#removeAside(before);
    return (await this.#removeInPlace(before)) || wasAside;
  }

  async #writeUse(usedAt: Date): Promise<boolean> {
    const handle = await unlessMissing(open(this.#file, 'r+'));
    if (!handle) return false;
    try {
      await handle.utimes(usedAt, usedAt);
      await handle.sync();
      const [opened, inPlace] = [await handle.stat(), await unlessMissing(stat(this.#file))];
      return opened.ino === inPlace?.ino;
    } finally {
      await handle.close();
    }
  }

  async #removeInPlace(before: number): Promise<boolean> {
    if (!(await isUnused(this.#file, before))) return false;
    const aside = join(this.#subdirectory, `.${this.#checksum}.${randomUUID()}${ASIDE}`);
    const isMoved = await unlessMissing(rename(this.#file, aside).then(() => true));
    if (!isMoved) return false;
    const isRemoved = await isUnused(aside, before);
    if (!isRemoved) await this.#putBack(aside);
    await rm(aside, { force: true });
    return isRemoved;
  }

  /** The bundle may have been written again meanwhile. */
  async #putBack(aside: string): Promise<void> {
    try {
      await link(aside, this.#file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await withDescriptor(() => syncDirectory(this.#subdirectory));
  }

  async #removeAside(before: number): Promise<boolean> {
    let removed = false;
    for (const aside of await this.#aside())
      if (await isUnused(aside, before)) {
        await rm(aside, { force: true });
        removed = true;
      }
    return removed;
  }

  #readInPlace(): Promise<Uint8Array | undefined> {
    return withDescriptor(() => unlessMissing(readFile(this.#file)));
  }

  async #readAside(): Promise<Uint8Array | undefined> {
    for (const aside of await this.#aside()) {
      const bytes = await withDescriptor(() => unlessMissing(readFile(aside)));
      if (bytes) return bytes;
    }
    return undefined;
  }

  async #aside(): Promise<string[]> {
    const names = (await unlessMissing(readdir(this.#subdirectory))) ?? [];
    return names
      .filter((name) => name.endsWith(ASIDE) && checksumOf(name) === this.#checksum)
      .map((name) => join(this.#subdirectory, name));
  }
}

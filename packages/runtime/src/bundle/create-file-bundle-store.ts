import { createHash } from 'node:crypto';
import type {
  AbortOptions,
  IBundleStore,
  ListUnusedOptions,
  UnusedBundlesPage,
} from '@objectstack/spec/contracts';
import { ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import { type Clock, systemClock } from '../shared/clock.js';
import { BundleFile } from './bundle-file.js';
import { bundleCorrupt, bundleNotFound, isChecksum } from './bundle-not-found.js';
import { diskFailure } from './disk-failure.js';
import { listUnusedFiles } from './list-unused-files.js';
import { parseCursor, parseUsedBefore } from './parse-used-before.js';

export interface FileBundleStoreOptions {
  /** Clock that determines when a bundle was used. Absent: the system clock. */
  readonly clock?: Clock;
}

/** Bundle store that keeps bundles as files named after their checksums. Several processes may share a directory. */
export function createFileBundleStore(
  directory: string,
  { clock = systemClock }: FileBundleStoreOptions = {},
): IBundleStore {
  return new FileBundleStore(directory, clock);
}

class FileBundleStore implements IBundleStore {
  readonly #directory: string;
  readonly #clock: Clock;

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#clock = clock;
  }

  async put(bytes: Uint8Array, { signal }: AbortOptions = {}): Promise<string> {
    throwIfAborted(signal);
    const content = bytes.slice();
    const checksum = sha256(content);
    const file = this.#file(checksum);
    await onDisk(async () => {
      const stored = await file.read();
      const isStored = stored !== undefined && sha256(stored) === checksum;
      if (isStored && (await file.markUsed(this.#now()))) await file.sync();
      else await file.write(content, this.#now());
    });
    return checksum;
  }

  async get(checksum: string, { signal }: AbortOptions = {}): Promise<Uint8Array> {
    throwIfAborted(signal);
    if (!isChecksum(checksum)) throw bundleNotFound();
    const file = this.#file(checksum);
    return onDisk(async () => {
      const bytes = await file.read();
      if (!bytes) throw bundleNotFound(checksum);
      if (sha256(bytes) !== checksum) throw bundleCorrupt(checksum);
      if (!(await file.markUsed(this.#now()))) await file.write(bytes, this.#now());
      return bytes;
    });
  }

  async listUnused(
    usedBefore: string,
    { cursor, signal }: ListUnusedOptions = {},
  ): Promise<UnusedBundlesPage> {
    throwIfAborted(signal);
    const before = parseUsedBefore(usedBefore);
    const after = parseCursor(cursor);
    return onDisk(() => listUnusedFiles(this.#directory, { before, after }));
  }

  async removeUnused(checksum: string, usedBefore: string, { signal }: AbortOptions = {}): Promise<boolean> {
    throwIfAborted(signal);
    const before = parseUsedBefore(usedBefore);
    if (!isChecksum(checksum)) return false;
    return onDisk(() => this.#file(checksum).removeUnused(before));
  }

  #file(checksum: string): BundleFile {
    return new BundleFile(this.#directory, checksum);
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw ObjectStackError.isInstance(error) ? error : diskFailure(error);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

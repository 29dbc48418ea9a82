import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IBundleStore } from '@objectstack/spec/contracts';
import { ChecksumSchema, limitConcurrency, ObjectStackError } from '@objectstack/spec/shared';
import { diskFailure } from './disk-failure.js';
import { syncFolder, writeDurably } from './write-durably.js';

/** Bundle store that keeps bundles as files named after their checksums. Several processes may share a directory. */
export function createFileBundleStore(directory: string): IBundleStore {
  return new FileBundleStore(directory);
}

/** Limits the number of open file descriptors, however many calls are concurrent. */
const withDescriptor = limitConcurrency(8);

class FileBundleStore implements IBundleStore {
  constructor(private readonly directory: string) {}

  async put(bytes: Uint8Array): Promise<string> {
    const content = bytes.slice();
    const checksum = sha256(content);
    const { folder, file } = this.locate(checksum);
    const stored = await readIfThere(file);
    try {
      if (stored && sha256(stored) === checksum) {
        await withDescriptor(() => syncFolder(folder));
        await withDescriptor(() => syncFolder(this.directory));
      } else {
        await withDescriptor(() => writeDurably(file, content));
      }
    } catch (error) {
      throw diskFailure(error);
    }
    return checksum;
  }

  async get(checksum: string): Promise<Uint8Array> {
    if (!ChecksumSchema.safeParse(checksum).success) throw bundleNotFound();
    const bytes = await readIfThere(this.locate(checksum).file);
    if (!bytes) throw bundleNotFound(checksum);
    if (sha256(bytes) === checksum) return bytes;
    throw new ObjectStackError({
      code: 'bundle_corrupt',
      message: `The stored file of bundle ${checksum} is damaged: its bytes have another checksum. Store the bundle again.`,
      details: { checksum },
    });
  }

  private locate(checksum: string): { folder: string; file: string } {
    const folder = join(this.directory, checksum.slice(0, 2));
    return { folder, file: join(folder, `${checksum}.json`) };
  }
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await withDescriptor(() => readFile(file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw diskFailure(error);
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function bundleNotFound(checksum?: string): ObjectStackError {
  return new ObjectStackError({
    code: 'bundle_not_found',
    message: checksum
      ? `No bundle ${checksum} is stored. Store it again.`
      : 'The checksum is not 64 lowercase hexadecimal digits.',
    ...(checksum && { details: { checksum } }),
  });
}

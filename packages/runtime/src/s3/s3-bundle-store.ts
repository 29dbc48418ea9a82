import { createHash } from 'node:crypto';
import type {
  AbortOptions,
  IBundleStore,
  ListUnusedOptions,
  UnusedBundlesPage,
} from '@objectstack/spec/contracts';
import { LIMITS, ObjectStackError } from '@objectstack/spec/shared';
import { bundleCorrupt, bundleNotFound, isChecksum } from '../bundle/bundle-not-found.js';
import { parseCursor, parseUsedBefore } from '../bundle/parse-used-before.js';
import type { Clock } from '../shared/clock.js';
import { BundleCopies } from './bundle-copies.js';
import { BundleKeys } from './bundle-keys.js';
import { listUnusedCopies } from './list-unused-copies.js';
import { readS3Options, type S3BundleStoreOptions } from './read-s3-options.js';
import { S3Client } from './s3-client.js';

/**
 * Bundle store in a bucket of Amazon S3, Cloudflare R2 or a compatible server. Any number of processes may share it.
 * Requires the package `aws4fetch`. Throws `configuration_incomplete` and `configuration_invalid`; whether the bucket
 * exists and the credentials are valid is known after the first call.
 */
export function s3BundleStore(options: S3BundleStoreOptions): IBundleStore {
  const settings = readS3Options(options);
  return new S3BundleStore(new S3Client(settings), new BundleKeys(settings.prefix), settings.clock);
}

class S3BundleStore implements IBundleStore {
  readonly #client: S3Client;
  readonly #keys: BundleKeys;
  readonly #copies: BundleCopies;
  readonly #clock: Clock;

  constructor(client: S3Client, keys: BundleKeys, clock: Clock) {
    this.#client = client;
    this.#keys = keys;
    this.#copies = new BundleCopies(keys);
    this.#clock = clock;
  }

  async put(bytes: Uint8Array, { signal }: AbortOptions = {}): Promise<string> {
    const send = this.#client.begin(signal);
    assertSize(bytes);
    const content = new Uint8Array(bytes);
    const checksum = createHash('sha256').update(content).digest('hex');
    const key = this.#keys.keyAt(checksum, this.#clock.now());
    const found = await this.#copies.read(send, { key, checksum });
    if (!(found instanceof Uint8Array)) await this.#copies.write(send, { key, checksum, content, found });
    return checksum;
  }

  async get(checksum: string, { signal }: AbortOptions = {}): Promise<Uint8Array> {
    const send = this.#client.begin(signal);
    if (!isChecksum(checksum)) throw bundleNotFound();
    const key = this.#keys.keyAt(checksum, this.#clock.now());
    const found = await this.#copies.read(send, { key, checksum });
    if (found instanceof Uint8Array) return found;
    const other = await this.#copies.findOther(send, { key, checksum });
    if (other instanceof Uint8Array) {
      await this.#copies.write(send, { key, checksum, content: new Uint8Array(other), found });
      return other;
    }
    throw found === 'damaged' || other === 'damaged' ? bundleCorrupt(checksum) : bundleNotFound(checksum);
  }

  async listUnused(
    usedBefore: string,
    { cursor, signal }: ListUnusedOptions = {},
  ): Promise<UnusedBundlesPage> {
    const send = this.#client.begin(signal);
    const before = parseUsedBefore(usedBefore);
    return listUnusedCopies(send, this.#keys, { before, after: parseCursor(cursor) });
  }

  async removeUnused(checksum: string, usedBefore: string, { signal }: AbortOptions = {}): Promise<boolean> {
    const send = this.#client.begin(signal);
    const before = parseUsedBefore(usedBefore);
    if (!isChecksum(checksum)) return false;
    const copies = await this.#copies.list(send, checksum);
    if (copies.length === 0 || copies.some(({ usedUntil }) => usedUntil >= before)) return false;
    for (const { key } of copies) await this.#copies.remove(send, key);
    return true;
  }
}

function assertSize({ byteLength }: Uint8Array): void {
  const maximum = LIMITS.maxBundleBytes;
  if (byteLength <= maximum) return;
  throw new ObjectStackError({
    code: 'bundle_too_large',
    message: `The bundle has ${byteLength} bytes; at most ${maximum} can be stored.`,
    details: { limit: 'maxBundleBytes', maximum },
  });
}

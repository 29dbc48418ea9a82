import { createHash } from 'node:crypto';
import { LIMITS } from '@objectstack/spec/shared';
import type { BundleCopy, BundleKeys } from './bundle-keys.js';
import { listKeys } from './list-keys.js';
import type { S3Send } from './s3-client.js';
import { storeRefused } from './to-s3-error.js';

/** Why no bytes were read. */
export type Absence = 'missing' | 'damaged';

interface Copy {
  readonly key: string;
  readonly checksum: string;
}

interface NewCopy extends Copy {
  readonly content: Uint8Array<ArrayBuffer>;
  /** What is under the key according to the last read. */
  readonly found: Absence;
}

/** Another process may remove a copy between listing and reading it, and a use writes another one. */
const ATTEMPTS = 3;
/** A damaged answer is read again: the bytes may have been damaged on the way. */
const READS = 2;
const MOST_BYTES_OF_WRITE = 65_536;

const isIntact = (bytes: Uint8Array, checksum: string) =>
  createHash('sha256').update(bytes).digest('hex') === checksum;

/** Reads and writes the copies of bundles in a bucket. Bytes are verified whenever they are read. */
export class BundleCopies {
  readonly #keys: BundleKeys;
  /** Whether the server supports `If-None-Match` for writes, as far as known. */
  #isConditional = true;

  constructor(keys: BundleKeys) {
    this.#keys = keys;
  }

  async read(send: S3Send, { key, checksum }: Copy): Promise<Uint8Array | Absence> {
    for (let reads = 0; reads < READS; reads++) {
      const { status, body } = await send({
        method: 'GET',
        key,
        mostBytes: LIMITS.maxBundleBytes,
        expected: [404],
      });
      if (status === 404) return 'missing';
      if (body && isIntact(body, checksum)) return body;
    }
    return 'damaged';
  }

  /** The bytes of a copy under another key, the latest first. */
  async findOther(send: S3Send, { key, checksum }: Copy): Promise<Uint8Array | Absence> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const copies = (await this.list(send, checksum)).filter((copy) => copy.key !== key).reverse();
      let missing = 0;
      for (const copy of copies) {
        const found = await this.read(send, copy);
        if (found instanceof Uint8Array) return found;
        missing += Number(found === 'missing');
      }
      if (missing === 0) return copies.length === 0 ? 'missing' : 'damaged';
    }
    return 'missing';
  }

  /** The copies of a bundle, the oldest first. */
  async list(send: S3Send, checksum: string): Promise<BundleCopy[]> {
    const { keys } = await listKeys(send, { prefix: this.#keys.prefixOf(checksum) });
    return keys.flatMap((key) => this.#keys.copyOf(key) ?? []);
  }

  /** Writes a copy that is missing or damaged. Nothing that is intact is ever overwritten with other bytes. */
  async write(send: S3Send, copy: NewCopy): Promise<void> {
    const canBeConditional = copy.found === 'missing' && this.#isConditional;
    if (canBeConditional && (await this.#writeIfMissing(send, copy))) return;
    await this.#put(send, copy, {});
    if (!((await this.read(send, copy)) instanceof Uint8Array))
      throw storeRefused({ reason: 'the stored bytes differ from those that were sent' });
  }

  /** Some servers answer 404 for a missing key. */
  async remove(send: S3Send, key: string): Promise<void> {
    await send({ method: 'DELETE', key, mostBytes: MOST_BYTES_OF_WRITE, expected: [404] });
  }

  /** Returns false if the server has no conditional writes, or if another process has written bytes that are damaged. */
  async #writeIfMissing(send: S3Send, copy: NewCopy): Promise<boolean> {
    const status = await this.#put(send, copy, { 'if-none-match': '*' });
    if (status === 501) this.#isConditional = false;
    if (status === 412) return (await this.read(send, copy)) instanceof Uint8Array;
    return status !== 501;
  }

  async #put(
    send: S3Send,
    { key, checksum, content }: NewCopy,
    headers: Readonly<Record<string, string>>,
  ): Promise<number> {
    const { status } = await send({
      method: 'PUT',
      key,
      headers: { ...headers, 'content-type': 'application/json' },
      body: content,
      bodyHash: checksum,
      mostBytes: MOST_BYTES_OF_WRITE,
      ...('if-none-match' in headers && { expected: [412, 501] }),
    });
    return status;
  }
}

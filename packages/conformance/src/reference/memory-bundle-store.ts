import { createHash } from 'node:crypto';
import type {
  AbortOptions,
  IBundleStore,
  ListUnusedOptions,
  UnusedBundlesPage,
} from '@objectstack/spec/contracts';
import { ChecksumSchema, ObjectStackError, throwIfAborted } from '@objectstack/spec/shared';
import * as z from 'zod';

const PAGE_SIZE = 5;

interface MemoryBundle {
  bytes: Uint8Array;
  usedAt: number;
}

export type MemoryBundles = Map<string, MemoryBundle>;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const isChecksum = (candidate: string): boolean => ChecksumSchema.safeParse(candidate).success;

const invalid = (message: string) => new ObjectStackError({ code: 'invalid_request', message });

/** The known-good bundle store: a map in memory, which several stores can share. */
export class MemoryBundleStore implements IBundleStore {
  readonly bundles: MemoryBundles;
  readonly clock: { now(): Date };

  constructor(bundles: MemoryBundles, clock: { now(): Date }) {
    this.bundles = bundles;
    this.clock = clock;
  }

  async put(bytes: Uint8Array, { signal }: AbortOptions = {}): Promise<string> {
    throwIfAborted(signal);
    const checksum = sha256(bytes);
    this.bundles.set(checksum, { bytes: Uint8Array.from(bytes), usedAt: this.now() });
    return checksum;
  }

  async get(checksum: string, { signal }: AbortOptions = {}): Promise<Uint8Array> {
    throwIfAborted(signal);
    const bundle = this.bundles.get(checksum);
    if (!bundle) throw this.notFound(checksum);
    if (sha256(bundle.bytes) !== checksum)
      throw new ObjectStackError({ code: 'bundle_corrupt', message: 'Damaged.', details: { checksum } });
    bundle.usedAt = this.now();
    return Uint8Array.from(bundle.bytes);
  }

  async listUnused(
    usedBefore: string,
    { cursor = '', signal }: ListUnusedOptions = {},
  ): Promise<UnusedBundlesPage> {
    throwIfAborted(signal);
    const before = this.parseTimestamp(usedBefore);
    this.assertCursor(cursor);
    const unused = [...this.bundles.keys()]
      .filter((checksum) => checksum > cursor && this.isUnused(checksum, before))
      .sort();
    const checksums = unused.slice(0, PAGE_SIZE);
    return { checksums, nextCursor: unused.length > PAGE_SIZE ? (checksums.at(-1) ?? null) : null };
  }

  async removeUnused(checksum: string, usedBefore: string, { signal }: AbortOptions = {}): Promise<boolean> {
    throwIfAborted(signal);
    return this.isUnused(checksum, this.parseTimestamp(usedBefore)) && this.bundles.delete(checksum);
  }

  now(): number {
    return this.clock.now().getTime();
  }

  notFound(checksum: string): ObjectStackError {
    return new ObjectStackError({
      code: 'bundle_not_found',
      message: 'No such bundle.',
      details: isChecksum(checksum) ? { checksum } : {},
    });
  }

  isUnused(checksum: string, before: number): boolean {
    const bundle = this.bundles.get(checksum);
    return bundle !== undefined && bundle.usedAt < before;
  }

  parseTimestamp(usedBefore: string): number {
    if (z.iso.datetime().safeParse(usedBefore).success) return Date.parse(usedBefore);
    throw invalid('usedBefore is not a timestamp.');
  }

  assertCursor(cursor: string): void {
    if (cursor !== '' && !isChecksum(cursor)) throw invalid('cursor is not one of a page.');
  }
}

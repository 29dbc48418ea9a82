import type { UnusedBundlesPage } from '@objectstack/spec/contracts';
import type { BundleCopy, BundleKeys } from './bundle-keys.js';
import { listKeys } from './list-keys.js';
import type { S3Send } from './s3-client.js';

interface Page {
  readonly copies: readonly BundleCopy[];
  readonly isTruncated: boolean;
}

/** The next copies after a key. Pages that contain only other objects are skipped. */
async function nextCopies(send: S3Send, keys: BundleKeys, start: string | undefined): Promise<Page> {
  for (let after = start; ; ) {
    const page = await listKeys(send, { prefix: keys.prefixOf(), ...(after !== undefined && { after }) });
    const copies = page.keys.flatMap((key) => keys.copyOf(key) ?? []);
    const last = page.keys.at(-1);
    if (copies.length > 0 || !page.isTruncated || last === undefined)
      return { copies, isTruncated: page.isTruncated && last !== undefined };
    after = last;
  }
}

/** Time of the last use, by checksum, in the order of the keys. */
function lastUses(copies: readonly BundleCopy[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const { checksum, usedUntil } of copies)
    uses.set(checksum, Math.max(usedUntil, uses.get(checksum) ?? 0));
  return uses;
}

/** The page of unused bundles that follows a checksum; the first page if that is empty. */
export async function listUnusedCopies(
  send: S3Send,
  keys: BundleKeys,
  { before, after }: { before: number; after: string },
): Promise<UnusedBundlesPage> {
  const start = after === '' ? undefined : keys.endOf(after);
  const { copies, isTruncated } = await nextCopies(send, keys, start);
  const uses = lastUses(copies);
  // The copies of the last bundle may continue on the next page of keys, which therefore begins with them again.
  if (isTruncated && uses.size > 1) uses.delete(copies.at(-1)?.checksum ?? '');
  const checksums = [...uses].flatMap(([checksum, usedUntil]) => (usedUntil < before ? [checksum] : []));
  return { checksums, nextCursor: isTruncated ? ([...uses.keys()].at(-1) ?? null) : null };
}

import type { CallOptions, ServerDatabase } from '@objectstack/spec/contracts';
import { throwIfAborted } from '@objectstack/spec/shared';
import type { KeyRotation } from '@objectstack/spec/system';
import type { ServerContext } from './server-context.js';
import { CREATION_LEASE_MS } from './server-creation.js';

/*
 * Encrypts the private keys of all databases with the current key of the sealer. What must be done is read from the
 * records, so an interrupted rotation is resumed by another one. Each record is replaced by compare-and-set, so the key
 * that another process has just created is never replaced by an older one. Records that a creation or deletion
 * changes step by step are left to it.
 */

/** Changes of one record by other processes are rare; after this many it is left for the next rotation. */
const MOST_ATTEMPTS = 5;

function isInUse({ status, updatedAt }: ServerDatabase): boolean {
  if (status === 'ready') return false;
  return status === 'deleting' || Date.now() - Date.parse(updatedAt) <= CREATION_LEASE_MS;
}

/** Returns whether the record, as another process may have left it, no longer needs an earlier key. */
async function reseal(context: ServerContext, first: ServerDatabase, keyId: string): Promise<boolean> {
  let record: ServerDatabase | null = first;
  for (let attempt = 0; record && attempt < MOST_ATTEMPTS; attempt++) {
    if (record.signingKey.keyId === keyId) return true;
    if (isInUse(record)) return false;
    if (await context.store.replace(await context.resealed(record), record.revision)) return true;
    record = await context.store.get(first.name);
  }
  return record === null;
}

export async function rotateServerKeys(
  context: ServerContext,
  { signal }: CallOptions = {},
): Promise<KeyRotation> {
  const keyId = await context.currentKeyId();
  const outdated = (await context.store.list()).filter(({ signingKey }) => signingKey.keyId !== keyId);
  let resealed = 0;
  let failure: unknown;
  for (const record of outdated) {
    throwIfAborted(signal);
    try {
      if (await reseal(context, record, keyId)) resealed++;
    } catch (error) {
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  return { keyId, resealed, remaining: outdated.length - resealed };
}

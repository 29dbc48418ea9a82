import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type BundleStoreChecks, must, NEVER_STORED, NOT_CHECKSUMS } from './bundle-store-check.js';
import { bytesOf, checksumOf } from './bundle-store-trial.js';

const STORED = bytesOf('{"manifest":{"version":"1.0.0"}}');
const DAMAGED: Readonly<Record<string, Uint8Array>> = {
  'changed byte': bytesOf('{"manifest":{"version":"1.0.1"}}'),
  'missing end': STORED.slice(0, 10),
  'missing content': new Uint8Array(),
  'additional byte': bytesOf('{"manifest":{"version":"1.0.0"}}\n'),
};

export const GET_CHECKS: BundleStoreChecks = {
  missing: must('`get` rejects a bundle that is not stored, and names it', async ({ store }) => {
    await store.put(bytesOf('a'));
    const error = await refused(store.get(NEVER_STORED), 'bundle_not_found');
    assert.deepEqual(error.details, { checksum: NEVER_STORED });
  }),
  'not-a-checksum': must('`get` rejects anything else as not found, without its value', async ({ store }) => {
    await store.put(bytesOf('a'));
    for (const name of NOT_CHECKSUMS) {
      const error = await refused(store.get(name), 'bundle_not_found');
      assert.deepEqual(error.details, {});
    }
  }),
  'own-copy': must('`get` returns bytes that the caller may modify', async ({ store }) => {
    const checksum = await store.put(bytesOf('mine'));
    (await store.get(checksum)).fill(0);
    assert.deepEqual(new Uint8Array(await store.get(checksum)), bytesOf('mine'));
  }),
  'after-long': must('`get` reads a bundle however long it was not used', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    for (let times = 0; times < 2; times++) {
      trial.passLongTime();
      assert.deepEqual(new Uint8Array(await trial.store.get(checksum)), bytesOf('a'));
    }
  }),
  aborted: must('`get` rejects if the call was aborted before', async ({ store }) => {
    const checksum = await store.put(bytesOf('a'));
    await refused(store.get(checksum, { signal: AbortSignal.abort() }), 'aborted');
  }),
  damaged: must('`get` rejects damaged bytes, and names the bundle', async ({ store, damage }) => {
    const checksum = await store.put(STORED);
    for (const bytes of Object.values(DAMAGED)) {
      await damage(checksum, bytes);
      const error = await refused(store.get(checksum), 'bundle_corrupt');
      assert.deepEqual(error.details, { checksum });
    }
  }),
  repaired: must('`put` replaces damaged bytes', async ({ store, damage }) => {
    for (const bytes of Object.values(DAMAGED)) {
      await store.put(STORED);
      await damage(checksumOf(STORED), bytes);
      await store.put(STORED);
      assert.deepEqual(new Uint8Array(await store.get(checksumOf(STORED))), STORED);
    }
  }),
};

import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type BundleStoreChecks, must } from './bundle-store-check.js';
import { bytesOf, checksumOf } from './bundle-store-trial.js';

const MEBIBYTE = 1_048_576;
const samples = () => [
  bytesOf('{"manifest":{"version":"1.0.0"}}'),
  Uint8Array.from({ length: 256 }, (_, index) => index),
  new Uint8Array(),
  new Uint8Array(MEBIBYTE).fill(0x20),
];

export const PUT_CHECKS: BundleStoreChecks = {
  checksum: must('`put` returns the SHA-256 hash of the bytes in hexadecimal', async ({ store }) => {
    for (const bytes of samples()) assert.equal(await store.put(bytes), checksumOf(bytes));
  }),
  'same-bytes': must('`get` returns exactly the bytes that were stored', async ({ store }) => {
    const stored = samples();
    for (const bytes of stored) await store.put(bytes);
    for (const bytes of stored) {
      const read = new Uint8Array(await store.get(checksumOf(bytes)));
      assert.ok(Buffer.from(read).equals(bytes), `${read.length} bytes instead of ${bytes.length}.`);
    }
  }),
  'another-process': must('other processes read a bundle as soon as it is stored', async (trial) => {
    const other = await trial.another();
    const checksum = await trial.store.put(bytesOf('a'));
    assert.deepEqual(new Uint8Array(await other.get(checksum)), bytesOf('a'));
  }),
  repeated: must('`put` can be repeated, also after a long time', async (trial) => {
    for (const store of await trial.processes(2)) {
      assert.equal(await store.put(bytesOf('a')), checksumOf(bytesOf('a')));
      trial.passLongTime();
    }
    assert.equal(await trial.store.put(bytesOf('a')), checksumOf(bytesOf('a')));
    assert.deepEqual(new Uint8Array(await trial.store.get(checksumOf(bytesOf('a')))), bytesOf('a'));
  }),
  concurrent: must('several processes store the same and other bytes at once', async (trial) => {
    const stores = await trial.processes(4);
    const texts = ['same', 'one', 'same', 'two', 'same', 'same', 'three', 'same'];
    const stored = await Promise.all(
      texts.map((text, index) => (stores[index % 4] ?? trial.store).put(bytesOf(text))),
    );
    assert.deepEqual(
      stored,
      texts.map((text) => checksumOf(bytesOf(text))),
    );
    for (const text of texts)
      assert.deepEqual(new Uint8Array(await trial.store.get(checksumOf(bytesOf(text)))), bytesOf(text));
  }),
  'bytes-of-the-call': must(
    '`put` stores the bytes as of the call, even if the caller modifies them later',
    async ({ store }) => {
      const mine = bytesOf('mine');
      const storing = store.put(mine);
      mine.fill(0);
      assert.equal(await storing, checksumOf(bytesOf('mine')));
      assert.deepEqual(new Uint8Array(await store.get(checksumOf(bytesOf('mine')))), bytesOf('mine'));
    },
  ),
  aborted: must('`put` stores nothing if the call was aborted before', async ({ store }) => {
    await refused(store.put(bytesOf('a'), { signal: AbortSignal.abort() }), 'aborted');
    await refused(store.get(checksumOf(bytesOf('a'))), 'bundle_not_found');
  }),
};

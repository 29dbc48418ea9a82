import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type BundleStoreChecks, must, NOT_CHECKSUMS, NOT_TIMESTAMPS } from './bundle-store-check.js';
import { bytesOf, checksumOf } from './bundle-store-trial.js';

const BUNDLES = 25;

export const UNUSED_CHECKS: BundleStoreChecks = {
  lists: must('`listUnused` returns the bundles that were last used before the timestamp', async (trial) => {
    const stored = [await trial.store.put(bytesOf('a')), await trial.store.put(bytesOf('b'))];
    assert.deepEqual(await trial.unused(trial.passLongTime()), stored.toSorted());
  }),
  empty: must('`listUnused` returns nothing if nothing is stored', async (trial) => {
    assert.deepEqual(await trial.unused(trial.passLongTime()), []);
  }),
  'stored-since': must('`listUnused` omits bundles that were stored since the timestamp', async (trial) => {
    const old = await trial.store.put(bytesOf('old'));
    const usedBefore = trial.passLongTime();
    await trial.store.put(bytesOf('new'));
    assert.deepEqual(await trial.unused(usedBefore), [old]);
  }),
  'stored-again': must('`listUnused` omits bundles that were stored again', async (trial) => {
    const [again] = [await trial.store.put(bytesOf('again')), await trial.store.put(bytesOf('other'))];
    const usedBefore = trial.passLongTime();
    assert.equal(await trial.store.put(bytesOf('again')), again);
    assert.deepEqual(await trial.unused(usedBefore), [checksumOf(bytesOf('other'))]);
  }),
  'read-since': must('`listUnused` omits bundles that were read since the timestamp', async (trial) => {
    const [read, other] = [await trial.store.put(bytesOf('read')), await trial.store.put(bytesOf('other'))];
    const usedBefore = trial.passLongTime();
    await trial.store.get(read);
    assert.deepEqual(await trial.unused(usedBefore), [other]);
  }),
  'unused-again': must('`listUnused` returns bundles that were used for some time', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    for (let times = 0; times < 2; times++) {
      trial.passLongTime();
      await trial.store.get(checksum);
    }
    assert.deepEqual(await trial.unused(trial.passLongTime()), [checksum]);
  }),
  pages: must('`listUnused` returns every bundle in one page', async (trial) => {
    const texts = Array.from({ length: BUNDLES }, (_, index) => `bundle ${index}`);
    const stored = await Promise.all(texts.map((text) => trial.store.put(bytesOf(text))));
    assert.deepEqual(await trial.unused(trial.passLongTime()), stored.toSorted());
  }),
  'pages-while-removing': must(
    '`listUnused` goes on after the bundles of a page were removed',
    async (trial) => {
      const texts = Array.from({ length: BUNDLES }, (_, index) => `bundle ${index}`);
      for (const text of texts) await trial.store.put(bytesOf(text));
      const usedBefore = trial.passLongTime();
      let removed = 0;
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await trial.store.listUnused(usedBefore, { cursor });
        for (const checksum of page.checksums)
          removed += Number(await trial.store.removeUnused(checksum, usedBefore));
        cursor = page.nextCursor;
      }
      assert.equal(removed, texts.length);
      assert.deepEqual(await trial.unused(usedBefore), []);
    },
  ),
  invalid: must('`listUnused` rejects anything but timestamps and cursors', async ({ store }) => {
    for (const usedBefore of NOT_TIMESTAMPS) await refused(store.listUnused(usedBefore), 'invalid_request');
    const cursors = NOT_CHECKSUMS.filter((cursor) => cursor !== '');
    for (const cursor of cursors)
      await refused(store.listUnused('2026-01-01T00:00:00.000Z', { cursor }), 'invalid_request');
  }),
  aborted: must('`listUnused` rejects if the call was aborted before', async ({ store }) => {
    const options = { signal: AbortSignal.abort() };
    await refused(store.listUnused('2026-01-01T00:00:00.000Z', options), 'aborted');
  }),
};

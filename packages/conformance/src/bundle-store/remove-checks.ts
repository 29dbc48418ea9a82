import assert from 'node:assert/strict';
import { refused, succeeds } from '../kit/refused.js';
import {
  type BundleStoreChecks,
  must,
  NEVER_STORED,
  NOT_CHECKSUMS,
  NOT_TIMESTAMPS,
} from './bundle-store-check.js';
import { type BundleStoreTrial, bytesOf, checksumOf } from './bundle-store-trial.js';

const ROUNDS = 5;

/** Fails if the bundle is not stored unchanged. */
async function assertStored({ store }: BundleStoreTrial, text: string): Promise<void> {
  assert.deepEqual(new Uint8Array(await store.get(checksumOf(bytesOf(text)))), bytesOf(text));
}

export const REMOVE_CHECKS: BundleStoreChecks = {
  unused: must('`removeUnused` removes a bundle that was last used before the timestamp', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    const usedBefore = trial.passLongTime();
    assert.equal(await trial.store.removeUnused(checksum, usedBefore), true);
    for (const store of await trial.processes(2)) await refused(store.get(checksum), 'bundle_not_found');
    assert.deepEqual(await trial.unused(trial.passLongTime()), []);
  }),
  'stored-since': must('`removeUnused` keeps a bundle that was stored since the timestamp', async (trial) => {
    const usedBefore = trial.passLongTime();
    const checksum = await trial.store.put(bytesOf('a'));
    assert.equal(await trial.store.removeUnused(checksum, usedBefore), false);
    await assertStored(trial, 'a');
  }),
  'stored-again': must('`removeUnused` keeps a bundle that another process stored again', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    const usedBefore = trial.passLongTime();
    await (await trial.another()).put(bytesOf('a'));
    assert.equal(await trial.store.removeUnused(checksum, usedBefore), false);
    await assertStored(trial, 'a');
  }),
  'read-since': must('`removeUnused` keeps a bundle that another process read', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    const usedBefore = trial.passLongTime();
    await (await trial.another()).get(checksum);
    assert.equal(await trial.store.removeUnused(checksum, usedBefore), false);
    await assertStored(trial, 'a');
  }),
  completely: must('`removeUnused` removes a bundle that was used in several periods', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    trial.passLongTime();
    await trial.store.put(bytesOf('a'));
    assert.equal(await trial.store.removeUnused(checksum, trial.passLongTime()), true);
    await refused(trial.store.get(checksum), 'bundle_not_found');
  }),
  others: must('`removeUnused` changes no other bundle', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    await trial.store.put(bytesOf('b'));
    await trial.store.removeUnused(checksum, trial.passLongTime());
    await assertStored(trial, 'b');
  }),
  missing: must('`removeUnused` returns false if the bundle is not stored', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    const usedBefore = trial.passLongTime();
    assert.equal(await trial.store.removeUnused(NEVER_STORED, usedBefore), false);
    await trial.store.removeUnused(checksum, usedBefore);
    assert.equal(await trial.store.removeUnused(checksum, usedBefore), false);
  }),
  'not-a-checksum': must('`removeUnused` returns false for anything but a checksum', async (trial) => {
    await trial.store.put(bytesOf('a'));
    const usedBefore = trial.passLongTime();
    for (const name of NOT_CHECKSUMS) assert.equal(await trial.store.removeUnused(name, usedBefore), false);
    await assertStored(trial, 'a');
  }),
  'stored-later': must('a bundle that was removed can be stored again', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    await trial.store.removeUnused(checksum, trial.passLongTime());
    assert.equal(await trial.store.put(bytesOf('a')), checksum);
    await assertStored(trial, 'a');
  }),
  'while-storing': must(
    'a bundle that a process stores while others remove it is stored afterwards',
    async (trial) => {
      const [storing = trial.store, ...removing] = await trial.processes(3);
      for (let round = 0; round < ROUNDS; round++) {
        const checksum = await trial.store.put(bytesOf('a'));
        const usedBefore = trial.passLongTime();
        const remove = () => removing.map((store) => store.removeUnused(checksum, usedBefore));
        const store = () => [storing.put(bytesOf('a'))];
        const calls = round % 2 === 0 ? [remove, store] : [store, remove];
        await Promise.all(calls.flatMap<Promise<unknown>>((call) => call()));
        await assertStored(trial, 'a');
      }
    },
  ),
  'while-reading': must(
    'a bundle that a process reads while others remove it is stored afterwards, or was not found',
    async (trial) => {
      const [reading = trial.store, ...removing] = await trial.processes(3);
      for (let round = 0; round < ROUNDS; round++) {
        const checksum = await trial.store.put(bytesOf('a'));
        const usedBefore = trial.passLongTime();
        const [first, second] = removing.map((store) => () => store.removeUnused(checksum, usedBefore));
        const isFirst = round % 2 === 0 && first?.();
        const wasFound = succeeds(reading.get(checksum), 'bundle_not_found');
        await Promise.all([isFirst, second?.()]);
        if (await wasFound) await assertStored(trial, 'a');
      }
    },
  ),
  concurrent: must('several processes remove a bundle at once', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    const usedBefore = trial.passLongTime();
    const stores = await trial.processes(4);
    const removed = await Promise.all(stores.map((store) => store.removeUnused(checksum, usedBefore)));
    assert.ok(removed.includes(true), 'No process has removed it.');
    await refused(trial.store.get(checksum), 'bundle_not_found');
  }),
  invalid: must('`removeUnused` rejects anything but a timestamp, and removes nothing', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    trial.passLongTime();
    for (const usedBefore of NOT_TIMESTAMPS)
      await refused(trial.store.removeUnused(checksum, usedBefore), 'invalid_request');
    await assertStored(trial, 'a');
  }),
  aborted: must('`removeUnused` removes nothing if the call was aborted before', async (trial) => {
    const checksum = await trial.store.put(bytesOf('a'));
    const options = { signal: AbortSignal.abort() };
    await refused(trial.store.removeUnused(checksum, trial.passLongTime(), options), 'aborted');
    await assertStored(trial, 'a');
  }),
};

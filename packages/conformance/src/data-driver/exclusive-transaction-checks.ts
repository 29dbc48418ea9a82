import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { refused } from '../kit/refused.js';
import { type DriverCheck, type DriverChecks, ifCapable } from './driver-trial.js';
import { begun, names } from './sample-transaction.js';

const exclusively = (behavior: string, run: DriverCheck['run']) =>
  ifCapable(['transactions', 'exclusiveTransactions'], behavior, run);

/** How other writers wait for a transaction. */
export const exclusiveTransactionChecks: DriverChecks = {
  'writers-wait': exclusively('makes other writers wait until it ends', async (trial) => {
    const { driver } = trial;
    const transaction = await begun(trial);
    let ended = false;
    const writing = driver.create('folder', { name: 'late' }).then(() => ended);
    await setTimeout(50);
    ended = true;
    await driver.commit(transaction);
    assert.equal(await writing, true);
    assert.equal(await names(driver), 'in,late');
  }),
  'leaves-the-queue': exclusively(
    'a call aborted while waiting rejects with aborted and has no effect, or has an unknown outcome',
    async (trial) => {
      const { driver } = trial;
      const transaction = await begun(trial);
      const controller = new AbortController();
      const options = { signal: controller.signal };
      const gaveUp = Promise.all(
        [
          driver.create('folder', { name: 'late' }, options),
          driver.upsert('folder', { id: 'late', name: 'late' }, ['id'], options),
          driver.beginTransaction(options),
        ].map((waiting) => refused(waiting, 'aborted')),
      );
      gaveUp.catch(() => undefined);
      await setTimeout(20);
      controller.abort();
      const errors = await gaveUp;
      await driver.commit(transaction);
      if (errors.every(({ details }) => details.outcome !== 'unknown'))
        assert.equal(await names(driver), 'in');
    },
  ),
};

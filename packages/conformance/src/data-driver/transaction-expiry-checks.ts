import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { refused } from '../kit/refused.js';
import { adapting, type DriverCheck, type DriverChecks } from './driver-trial.js';
import { begun, inTransactions, names } from './sample-transaction.js';

/** Idle time of transactions in checks that wait for it. */
const IDLE_MS = 400;
/** Maximum time until an idle transaction is rolled back: less than the shortest default timeout of a test runner. */
const MOST_MS = 1_000;
/** Number of calls during twice the idle time. */
const USES = 16;

const expiring = (behavior: string, run: DriverCheck['run']): DriverCheck => ({
  ...inTransactions(behavior, run),
  settings: { transactionTimeoutMs: IDLE_MS },
});

export const transactionExpiryChecks: DriverChecks = {
  expires: adapting(
    ['exclusiveTransactions'],
    expiring('is rolled back after it was idle for too long, and reports this', async (trial) => {
      const { driver } = trial;
      const transaction = await begun(trial);
      const writing = driver.create('folder', { name: 'waited' });
      const isInTime = await Promise.race([writing.then(() => true), setTimeout(MOST_MS, false)]);
      if (!isInTime) await driver.rollback(transaction);
      await writing;
      // Other writers did not wait for the end of the transaction.
      if (!driver.supports.exclusiveTransactions) await setTimeout(2 * IDLE_MS);
      assert.ok(isInTime, `It was open after ${MOST_MS} ms. Does "create" pass transactionTimeoutMs on?`);
      await refused(driver.create('folder', {}, { transaction }), 'transaction_expired');
      await refused(driver.commit(transaction), 'transaction_expired');
      assert.equal(await names(driver), 'waited');
    }),
  ),
  'stays-open': expiring('does not expire while it is used, however long it takes', async (trial) => {
    const { driver } = trial;
    // Each pause starts before the call, so that on a busy machine it also ends before the idle time of the call.
    let pause = setTimeout((2 * IDLE_MS) / USES);
    const transaction = await begun(trial);
    for (let use = 0; use < USES; use++) {
      await pause;
      pause = setTimeout((2 * IDLE_MS) / USES);
      await driver.find('folder', {}, { transaction });
    }
    await driver.commit(transaction);
    assert.equal(await names(driver), 'in');
  }),
};

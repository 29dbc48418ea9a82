import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type DriverCheck, type DriverChecks, ifCapable } from './driver-trial.js';
import { begun, names } from './sample-transaction.js';

const nesting = (behavior: string, run: DriverCheck['run']) =>
  ifCapable(['transactions', 'savepoints'], behavior, run);

export const nestedTransactionChecks: DriverChecks = {
  'nested-commit': nesting('includes the writes of a committed nested transaction', async (trial) => {
    const { driver } = trial;
    const outer = await begun(trial);
    const inner = await driver.beginTransaction({ transaction: outer });
    await driver.create('folder', { name: 'inner' }, { transaction: inner });
    await driver.commit(inner);
    await driver.commit(outer);
    assert.equal(await names(driver), 'in,inner');
  }),
  'nested-rollback': nesting(
    'preserves its own writes if a nested transaction is rolled back',
    async (trial) => {
      const { driver } = trial;
      const outer = await begun(trial);
      const inner = await driver.beginTransaction({ transaction: outer });
      await driver.update('folder', 'f1', { name: 'inner' }, { transaction: inner });
      await driver.rollback(inner);
      await driver.create('folder', { name: 'more' }, { transaction: outer });
      await driver.commit(outer);
      assert.equal(await names(driver), 'in,more');
    },
  ),
  'nested-holds': nesting('accepts only rollback while a nested transaction is open', async (trial) => {
    const { driver } = trial;
    const outer = await begun(trial);
    const inner = await driver.beginTransaction({ transaction: outer });
    await refused(driver.create('folder', {}, { transaction: outer }), 'invalid_transaction');
    await refused(driver.commit(outer), 'invalid_transaction');
    await driver.create('folder', { name: 'inner' }, { transaction: inner });
    await driver.rollback(outer);
    await refused(driver.create('folder', {}, { transaction: inner }), 'invalid_transaction');
    assert.equal(await names(driver), '');
  }),
};

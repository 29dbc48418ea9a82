import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { type DriverCheck, type DriverChecks, type DriverTrial, ifCapable } from './driver-trial.js';

const inTransactions = (behavior: string, run: DriverCheck['run']) =>
  ifCapable('transactions', behavior, run);
const nesting = (behavior: string, run: DriverCheck['run']) => ifCapable('savepoints', behavior, run);

async function names(driver: IDataDriver, transaction?: DriverTransaction): Promise<string> {
  const folders = await driver.find(
    'folder',
    { orderBy: [{ field: 'name' }] },
    transaction && { transaction },
  );
  return folders.map(({ name }) => name).join();
}

/** A transaction that has written, and a function for further writes. */
async function begun({ driver }: DriverTrial) {
  const transaction = await driver.beginTransaction();
  await driver.create('folder', { id: 'f1', name: 'in' }, { transaction });
  return transaction;
}

export const transactionChecks: DriverChecks = {
  commit: inTransactions('stores its writes on commit', async (trial) => {
    const { driver } = trial;
    const transaction = await begun(trial);
    assert.equal(await names(driver, transaction), 'in');
    await driver.commit(transaction);
    assert.equal(await names(driver), 'in');
  }),
  rollback: inTransactions('undoes all of its writes on rollback', async (trial) => {
    const { driver } = trial;
    await driver.create('folder', { id: 'f0', name: 'before' });
    const transaction = await begun(trial);
    await driver.update('folder', 'f0', { name: 'changed' }, { transaction });
    await driver.create('account', { name: 'Acme' }, { transaction });
    await driver.rollback(transaction);
    assert.equal(await names(driver), 'before');
    assert.equal((await driver.create('account', { name: 'Bolt' })).number, 'A-001');
  }),
  'every-method': inTransactions('accepts calls of every kind, and undoes them all', async ({ driver }) => {
    await driver.create('folder', { id: 'f0', name: 'before' });
    const transaction = await driver.beginTransaction();
    const options = { transaction };
    await driver.upsert('folder', { id: 'f0', name: 'upsert' }, ['id'], options);
    if (driver.supports.bulkCreate) await driver.bulkCreate('folder', [{ name: 'bulk' }], options);
    if (driver.supports.bulkUpdate)
      await driver.bulkUpdate('folder', [{ id: 'f0', data: { name: 'two' } }], options);
    await driver.updateMany('folder', { where: {} }, { name: 'many' }, options);
    assert.ok((await driver.count('folder', {}, options)) >= 1);
    assert.equal((await driver.findOne('folder', {}, options))?.name, 'many');
    if (driver.supports.bulkDelete) await driver.bulkDelete('folder', ['f0'], options);
    await driver.delete('folder', 'f0', options);
    await driver.deleteMany('folder', { where: {} }, options);
    assert.equal(await names(driver, transaction), '');
    await driver.rollback(transaction);
    assert.equal(await names(driver), 'before');
  }),
  isolated: inTransactions('hides its writes from others until it is committed', async (trial) => {
    const { driver } = trial;
    const transaction = await begun(trial);
    let ended = false;
    const reading = names(driver).then((seen) => ({ seen, ended }));
    await setTimeout(20);
    ended = true;
    await driver.commit(transaction);
    const read = await reading;
    assert.equal(read.seen, read.ended ? 'in' : '');
    assert.equal(await names(driver), 'in');
  }),
  'writers-wait': inTransactions('makes other writers wait until it ends', async (trial) => {
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
  'leaves-the-queue': inTransactions(
    'a call aborted while waiting rejects with aborted and has no effect, or has an unknown outcome',
    async (trial) => {
      const { driver } = trial;
      const transaction = await begun(trial);
      const controller = new AbortController();
      const options = { signal: controller.signal };
      const gaveUp = [
        driver.create('folder', { name: 'late' }, options),
        driver.upsert('folder', { id: 'late', name: 'late' }, ['id'], options),
        driver.beginTransaction(options),
      ].map((waiting) => refused(waiting, 'aborted'));
      await setTimeout(20);
      controller.abort();
      const errors = await Promise.all(gaveUp);
      await driver.commit(transaction);
      if (errors.every(({ details }) => details.outcome !== 'unknown'))
        assert.equal(await names(driver), 'in');
    },
  ),
  'goes-on-after-refusal': inTransactions('continues after a rejected write', async (trial) => {
    const { driver } = trial;
    const transaction = await begun(trial);
    await driver.create('account', { name: 'Acme', code: 'C1' }, { transaction });
    await refused(
      driver.create('account', { name: 'Bolt', code: 'C1' }, { transaction }),
      'unique_violation',
    );
    await refused(driver.create('account', { name: 'B' }, { transaction }), 'validation_failed');
    await driver.create('folder', { name: 'more' }, { transaction });
    await driver.commit(transaction);
    assert.equal(await names(driver), 'in,more');
    assert.equal((await driver.find('account')).length, 1);
  }),
  'deferred-references': inTransactions('checks lookups on commit', async ({ driver }) => {
    const transaction = await driver.beginTransaction();
    await driver.create('folder', { id: 'f2', parent: 'f1' }, { transaction });
    await driver.create('folder', { id: 'f1' }, { transaction });
    await driver.commit(transaction);
    assert.equal((await driver.find('folder')).length, 2);
  }),
  'refused-commit': inTransactions(
    'is rolled back if a lookup refers to a missing record on commit, and names object and field',
    async ({ driver }) => {
      const transaction = await driver.beginTransaction();
      await driver.create('folder', { id: 'f1' }, { transaction });
      await driver.create('folder', { id: 'f2', parent: 'nowhere' }, { transaction });
      const { details } = await refused(driver.commit(transaction), 'foreign_key_violation');
      assert.deepEqual([details.object, details.field], ['folder', 'parent']);
      assert.equal(await names(driver), '');
    },
  ),
  over: inTransactions('accepts no calls after it has ended, but can be rolled back again', async (trial) => {
    const { driver } = trial;
    const transaction = await begun(trial);
    await driver.commit(transaction);
    await refused(driver.find('folder', {}, { transaction }), 'invalid_transaction');
    await refused(driver.create('folder', {}, { transaction }), 'invalid_transaction');
    await refused(driver.commit(transaction), 'invalid_transaction');
    await driver.rollback(transaction);
    assert.equal(await names(driver), 'in');
  }),
  foreign: inTransactions('of another database is rejected', async ({ driver, unconnected }) => {
    const other = await unconnected();
    await other.connect();
    const transaction = await other.beginTransaction();
    await refused(driver.create('folder', {}, { transaction }), 'invalid_transaction');
    await other.rollback(transaction);
    assert.equal(await names(driver), '');
  }),
  expires: inTransactions(
    'is rolled back after it was idle for too long, and reports this',
    async (trial) => {
      const { driver } = trial;
      const transaction = await begun(trial);
      await driver.create('folder', { name: 'waited' });
      await refused(driver.create('folder', {}, { transaction }), 'transaction_expired');
      await refused(driver.commit(transaction), 'transaction_expired');
      assert.equal(await names(driver), 'waited');
    },
  ),
  isolation: inTransactions('with an unsupported isolation level is rejected', async ({ driver }) => {
    const { isolationLevels } = driver.supports;
    for (const isolationLevel of ['read_uncommitted', 'serializable', 'snapshot'] as const) {
      if (isolationLevels.includes(isolationLevel))
        await driver.rollback(await driver.beginTransaction({ isolationLevel }));
      else await refused(driver.beginTransaction({ isolationLevel }), 'not_supported');
    }
  }),
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

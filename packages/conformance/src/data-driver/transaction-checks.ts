import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { DriverTransaction } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { adapting, type DriverChecks } from './driver-trial.js';
import { exclusiveTransactionChecks } from './exclusive-transaction-checks.js';
import { nestedTransactionChecks } from './nested-transaction-checks.js';
import { begun, inTransactions, names } from './sample-transaction.js';
import { transactionExpiryChecks } from './transaction-expiry-checks.js';
import { transactionReferenceChecks } from './transaction-reference-checks.js';

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
    assert.deepEqual(await driver.find('account'), []);
  }),
  'every-method': adapting(
    ['bulkCreate', 'bulkUpdate', 'bulkDelete'],
    inTransactions('accepts calls of every kind, and undoes them all', async ({ driver }) => {
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
  ),
  isolated: inTransactions('hides its writes from others until it is committed', async (trial) => {
    const { driver } = trial;
    const transaction = await begun(trial);
    let ended = false;
    const reading = names(driver).then((seen) => ({ seen, ended }));
    await setTimeout(20);
    ended = true;
    await driver.commit(transaction);
    const read = await reading;
    // A read that began before the commit can return either state, and its response can arrive after the commit.
    assert.ok(read.seen === '' || (read.ended && read.seen === 'in'), `It read '${read.seen}'.`);
    assert.equal(await names(driver), 'in');
  }),
  ...exclusiveTransactionChecks,
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
  ...transactionReferenceChecks,
  over: inTransactions('can be rolled back again after it has ended, with no effect', async (trial) => {
    const { driver } = trial;
    const transaction = await begun(trial);
    await driver.commit(transaction);
    await driver.rollback(transaction);
    for (const unknown of [undefined, null, {}, 'x'] as unknown as DriverTransaction[])
      await driver.rollback(unknown);
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
  ...transactionExpiryChecks,
  isolation: adapting(
    ['isolationLevels'],
    inTransactions('with an unsupported isolation level is rejected', async ({ driver }) => {
      const { isolationLevels } = driver.supports;
      for (const isolationLevel of ['read_uncommitted', 'serializable', 'snapshot'] as const) {
        if (isolationLevels.includes(isolationLevel))
          await driver.rollback(await driver.beginTransaction({ isolationLevel }));
        else await refused(driver.beginTransaction({ isolationLevel }), 'not_supported');
      }
    }),
  ),
  ...nestedTransactionChecks,
};

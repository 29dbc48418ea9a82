import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable } from './driver-trial.js';
import { names } from './sample-transaction.js';

/** When a transaction checks its lookups. */
export const transactionReferenceChecks: DriverChecks = {
  'deferred-references': ifCapable(
    ['transactions', 'deferredReferences'],
    'checks lookups on commit',
    async ({ driver }) => {
      const transaction = await driver.beginTransaction();
      await driver.create('folder', { id: 'f2', parent: 'f1' }, { transaction });
      await driver.create('folder', { id: 'f1' }, { transaction });
      await driver.commit(transaction);
      assert.equal((await driver.find('folder')).length, 2);
    },
  ),
  'refused-commit': ifCapable(
    ['transactions', 'deferredReferences'],
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
};

import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable } from './driver-trial.js';
import { folders, threeFolders, UNTOUCHED } from './sample-folders.js';

export const bulkChecks: DriverChecks = {
  'create-in-order': ifCapable(
    'bulkCreate',
    'bulkCreate returns the records in the given order',
    async ({ driver }) => {
      const names = Array.from({ length: 30 }, (_, index) => `n${(index * 7) % 30}`);
      const made = await driver.bulkCreate(
        'folder',
        names.map((name) => ({ name })),
      );
      assert.deepEqual(
        made.map(({ name }) => name),
        names,
      );
      assert.equal(new Set(made.map(({ id }) => id)).size, 30);
      assert.equal((await driver.find('folder')).length, 30);
    },
  ),
  'create-defaults': ifCapable(
    'bulkCreate',
    'bulkCreate applies defaults and autonumbers like create',
    async ({ driver }) => {
      const made = await driver.bulkCreate('account', [{ name: 'Acme' }, { name: 'Bolt', status: 'closed' }]);
      assert.deepEqual(
        made.map(({ status, number, origin }) => [status, number, origin]),
        [
          ['open', 'A-001', 'web'],
          ['closed', 'A-002', 'web'],
        ],
      );
    },
  ),
  'create-all-or-none': ifCapable(
    'bulkCreate',
    'bulkCreate creates no record if one is rejected',
    async ({ driver }) => {
      const work = driver.bulkCreate('account', [
        { name: 'Acme', code: 'C1' },
        { name: 'Bolt', code: 'C1' },
      ]);
      await refused(work, 'unique_violation');
      assert.deepEqual(await driver.find('account'), []);
    },
  ),
  'create-tells-all': ifCapable(
    'bulkCreate',
    'bulkCreate reports the violations of all records, each with its index',
    async ({ driver }) => {
      const work = driver.bulkCreate('account', [
        { name: 'A' },
        { name: 'Bolt' },
        { name: 'Cone', budget: -1 },
      ]);
      const { details } = await refused(work, 'validation_failed');
      assert.deepEqual(
        (details.violations as { field: string; rule: string; index: number }[]).map(
          ({ field, rule, index }) => [index, field, rule],
        ),
        [
          [0, 'name', 'min_length'],
          [2, 'budget', 'min'],
        ],
      );
      assert.deepEqual(await driver.find('account'), []);
    },
  ),
  'create-nothing': ifCapable(
    'bulkCreate',
    'bulkCreate of an empty list returns an empty list',
    async ({ driver }) => {
      assert.deepEqual(await driver.bulkCreate('folder', []), []);
    },
  ),
  'update-in-order': ifCapable(
    'bulkUpdate',
    'bulkUpdate updates each record and returns them in the given order',
    async (trial) => {
      await threeFolders(trial);
      const changed = await trial.driver.bulkUpdate('folder', [
        { id: 'f2', data: { name: 'second' } },
        { id: 'f1', data: { parent: 'f2' } },
      ]);
      assert.deepEqual(
        changed.map(({ id, name, parent }) => [id, name, parent]),
        [
          ['f2', 'second', null],
          ['f1', 'one', 'f2'],
        ],
      );
    },
  ),
  'update-all-or-none': ifCapable(
    'bulkUpdate',
    'bulkUpdate updates no record if one does not exist',
    async (trial) => {
      await threeFolders(trial);
      const work = trial.driver.bulkUpdate('folder', [
        { id: 'f1', data: { name: 'new' } },
        { id: 'f9', data: { name: 'new' } },
      ]);
      await refused(work, 'record_not_found');
      assert.deepEqual(await folders(trial.driver), UNTOUCHED);
    },
  ),
  delete: ifCapable(
    'bulkDelete',
    'bulkDelete deletes existing records and ignores unknown ids',
    async (trial) => {
      await threeFolders(trial);
      await trial.driver.bulkDelete('folder', ['f1', 'f9', 'f3']);
      await trial.driver.bulkDelete('folder', []);
      assert.deepEqual(await folders(trial.driver), [['f2', 'two', null]]);
    },
  ),
  'delete-all-or-none': ifCapable(
    'bulkDelete',
    'bulkDelete deletes no record if one is referenced',
    async ({ driver }) => {
      await driver.create('account', { id: 'a1', name: 'Acme' });
      await driver.create('account', { id: 'a2', name: 'Bolt' });
      await driver.create('invoice', { account: 'a2' });
      await refused(driver.bulkDelete('account', ['a1', 'a2']), 'foreign_key_violation');
      assert.equal((await driver.find('account')).length, 2);
    },
  ),
};

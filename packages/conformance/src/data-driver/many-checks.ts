import assert from 'node:assert/strict';
import { type DriverChecks, ifCapable } from './driver-trial.js';
import { folders, threeFolders, UNTOUCHED } from './sample-folders.js';

export const manyChecks: DriverChecks = {
  'update-counts': ifCapable(
    'queryFilters',
    'updateMany updates matching records and returns their number',
    async (trial) => {
      await threeFolders(trial);
      const where = { name: { $ne: 'one' } };
      assert.equal(await trial.driver.updateMany('folder', { where }, { parent: 'f1' }), 2);
      assert.deepEqual(await folders(trial.driver), [
        ['f1', 'one', null],
        ['f2', 'two', 'f1'],
        ['f3', null, 'f1'],
      ]);
    },
  ),
  'delete-counts': ifCapable(
    'queryFilters',
    'deleteMany deletes matching records and returns their number',
    async (trial) => {
      await threeFolders(trial);
      assert.equal(await trial.driver.deleteMany('folder', { where: { name: { $in: ['one', 'x'] } } }), 1);
      assert.equal((await trial.driver.find('folder')).length, 2);
      assert.equal(await trial.driver.deleteMany('folder', { where: {} }), 2);
    },
  ),
  'empty-or': ifCapable(
    'queryFilters',
    'an empty $or matches nothing: deleteMany deletes nothing',
    async (trial) => {
      await threeFolders(trial);
      assert.equal(await trial.driver.deleteMany('folder', { where: { $or: [] } }), 0);
      assert.deepEqual(await folders(trial.driver), UNTOUCHED);
    },
  ),
  'empty-in': ifCapable(
    'queryFilters',
    'an empty $in matches nothing: deleteMany deletes nothing',
    async (trial) => {
      await threeFolders(trial);
      assert.equal(await trial.driver.deleteMany('folder', { where: { name: { $in: [] } } }), 0);
      assert.deepEqual(await folders(trial.driver), UNTOUCHED);
    },
  ),
};

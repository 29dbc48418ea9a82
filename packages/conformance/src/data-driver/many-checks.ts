import assert from 'node:assert/strict';
import type { Filter } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverChecks, must } from './driver-trial.js';
import { folders, threeFolders, UNTOUCHED } from './sample-folders.js';

/** Invalid filters, each with its error code. */
const MISTAKES: readonly (readonly [unknown, 'invalid_filter' | 'invalid_query'])[] = [
  [undefined, 'invalid_filter'],
  [{}, 'invalid_filter'],
  [{ where: { title: 'one' } }, 'invalid_filter'],
  [{ where: { name: undefined } }, 'invalid_filter'],
  [{ where: { name: { $equals: 'one' } } }, 'invalid_filter'],
  [{ where: null }, 'invalid_filter'],
  [{ where: 'name = one' }, 'invalid_filter'],
  [{ where: Promise.resolve({ name: 'one' }) }, 'invalid_filter'],
  [{ where: new Map([['name', 'one']]) }, 'invalid_filter'],
  [{ where: { name: 'one' }, limit: 1 }, 'invalid_query'],
  [{ where: { name: 'one' }, orderBy: [{ field: 'name' }] }, 'invalid_query'],
  [{ where: { name: 'one' }, wher: {} }, 'invalid_query'],
];

export const manyChecks: DriverChecks = {
  'update-counts': must('updateMany updates matching records and returns their number', async (trial) => {
    await threeFolders(trial);
    const where = { name: { $ne: 'one' } };
    assert.equal(await trial.driver.updateMany('folder', { where }, { parent: 'f1' }), 2);
    assert.deepEqual(await folders(trial.driver), [
      ['f1', 'one', null],
      ['f2', 'two', 'f1'],
      ['f3', null, 'f1'],
    ]);
  }),
  'update-rules': must('updateMany enforces the rules of update', async ({ driver }) => {
    await driver.create('account', { name: 'Acme' });
    await refused(driver.updateMany('account', { where: {} }, { budget: -1 }), 'validation_failed');
    await refused(driver.updateMany('account', { where: {} }, { name: null }), 'validation_failed');
    await refused(driver.updateMany('account', { where: {} }, { id: 'x' }), 'validation_failed');
  }),
  'delete-counts': must('deleteMany deletes matching records and returns their number', async (trial) => {
    await threeFolders(trial);
    assert.equal(await trial.driver.deleteMany('folder', { where: { name: { $in: ['one', 'x'] } } }), 1);
    assert.equal((await trial.driver.find('folder')).length, 2);
    assert.equal(await trial.driver.deleteMany('folder', { where: {} }), 2);
  }),
  'empty-or': must('an empty $or matches nothing: deleteMany deletes nothing', async (trial) => {
    await threeFolders(trial);
    assert.equal(await trial.driver.deleteMany('folder', { where: { $or: [] } }), 0);
    assert.deepEqual(await folders(trial.driver), UNTOUCHED);
  }),
  'empty-in': must('an empty $in matches nothing: deleteMany deletes nothing', async (trial) => {
    await threeFolders(trial);
    assert.equal(await trial.driver.deleteMany('folder', { where: { name: { $in: [] } } }), 0);
    assert.deepEqual(await folders(trial.driver), UNTOUCHED);
  }),
  'delete-mistakes': must(
    'deleteMany rejects a missing or invalid filter and deletes nothing',
    async (trial) => {
      await threeFolders(trial);
      for (const [query, code] of MISTAKES)
        await refused(trial.driver.deleteMany('folder', query as { where: Filter }), code);
      assert.deepEqual(await folders(trial.driver), UNTOUCHED);
    },
  ),
  'update-mistakes': must(
    'updateMany rejects a missing or invalid filter and updates nothing',
    async (trial) => {
      await threeFolders(trial);
      for (const [query, code] of MISTAKES)
        await refused(trial.driver.updateMany('folder', query as { where: Filter }, { name: 'x' }), code);
      assert.deepEqual(await folders(trial.driver), UNTOUCHED);
    },
  ),
};

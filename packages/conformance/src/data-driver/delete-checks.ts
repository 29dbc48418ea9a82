import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { type DriverChecks, must } from './driver-trial.js';
import { folders } from './sample-folders.js';

export const deleteChecks: DriverChecks = {
  answers: must('is true when there was a record and false when there was none', async ({ driver }) => {
    await driver.create('folder', { id: 'f1' });
    assert.equal(await driver.delete('folder', 'f1'), true);
    assert.equal(await driver.delete('folder', 'f1'), false);
    assert.deepEqual(await folders(driver), []);
  }),
  restrict: must('is refused while a record refers to it whose lookup restricts', async ({ driver }) => {
    await driver.create('account', { id: 'a1', name: 'Acme' });
    const { id } = await driver.create('invoice', { account: 'a1', amount: 1 });
    await refused(driver.delete('account', 'a1'), 'foreign_key_violation');
    await driver.delete('invoice', id);
    assert.equal(await driver.delete('account', 'a1'), true);
  }),
  'set-null': must('empties lookups that say nothing else', async ({ driver }) => {
    await driver.create('account', { id: 'a1', name: 'Acme' });
    await driver.create('contact', { id: 'c1', account: 'a1' });
    await driver.delete('account', 'a1');
    assert.equal((await driver.findOne('contact', { where: { id: 'c1' } }))?.account, null);
  }),
  cascade: must(
    'takes along what refers to it by a lookup that cascades, however deep',
    async ({ driver }) => {
      await driver.create('folder', { id: 'f1' });
      await driver.create('folder', { id: 'f2', parent: 'f1' });
      await driver.create('folder', { id: 'f3', parent: 'f2' });
      await driver.create('folder', { id: 'f4' });
      await driver.delete('folder', 'f1');
      assert.deepEqual(await folders(driver), [['f4', null, null]]);
    },
  ),
};

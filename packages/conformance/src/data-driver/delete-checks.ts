import assert from 'node:assert/strict';
import { type DriverChecks, must } from './driver-trial.js';
import { folders } from './sample-folders.js';

export const deleteChecks: DriverChecks = {
  answers: must('returns true if the record existed and false otherwise', async ({ driver }) => {
    await driver.create('folder', { id: 'f1' });
    assert.equal(await driver.delete('folder', 'f1'), true);
    assert.equal(await driver.delete('folder', 'f1'), false);
    assert.deepEqual(await folders(driver), []);
  }),
  restrict: must('is accepted once no record refers to it by a lookup with restrict', async ({ driver }) => {
    await driver.create('account', { id: 'a1', name: 'Acme' });
    const { id } = await driver.create('invoice', { account: 'a1', amount: 1 });
    await driver.delete('invoice', id);
    assert.equal(await driver.delete('account', 'a1'), true);
  }),
  'set-null': must('clears lookups with the default delete behavior', async ({ driver }) => {
    await driver.create('account', { id: 'a1', name: 'Acme' });
    await driver.create('contact', { id: 'c1', account: 'a1' });
    await driver.delete('account', 'a1');
    assert.equal((await driver.findOne('contact'))?.account, null);
  }),
  'set-null-keeps-times': must(
    'leaves updated_at of a record whose lookup it clears, like a foreign key',
    async ({ driver }) => {
      await driver.create('account', { id: 'a1', name: 'Acme' });
      const data = { id: 'c1', account: 'a1', updated_at: '2020-01-01T00:00:00.000Z' };
      await driver.create('contact', data, { system: true });
      await driver.delete('account', 'a1');
      for (const { updated_at } of await driver.find('contact')) assert.equal(updated_at, data.updated_at);
    },
  ),
  cascade: must(
    'deletes records that refer to it by a lookup with cascade, at any depth',
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

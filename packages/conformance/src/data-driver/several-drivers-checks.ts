import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { ObjectDefinitionSchema } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { adapting, type DriverChecks, withAnother } from './driver-trial.js';

/** The folder object with an additional rule and an additional field. */
const CHANGED_FOLDER = ObjectDefinitionSchema.parse({
  name: 'folder',
  fields: {
    name: { type: 'text', maxLength: 3 },
    parent: { type: 'tree', deleteBehavior: 'cascade' },
    color: { type: 'text' },
  },
});

export const severalDriversChecks: DriverChecks = {
  'metadata-version': {
    ...withAnother(
      'a deployment by another driver is in effect from the next call on',
      async ({ driver, another }) => {
        const other = await another();
        await driver.create('folder', { id: 'f1', name: 'long' });
        await other.syncSchema('folder', CHANGED_FOLDER);
        await refused(driver.create('folder', { name: 'long' }), 'validation_failed');
        await refused(driver.update('folder', 'f1', { name: 'longer' }), 'validation_failed');
        const made = await driver.create('folder', { id: 'f2', name: 'new', color: 'red' });
        assert.equal(made.color, 'red');
        assert.deepEqual(
          (await driver.find('folder', { fields: ['color'] })).map(({ color }) => color),
          [null, 'red'],
        );
      },
    ),
    capabilities: ['schemaSync'],
  },
  'transaction-metadata': {
    ...withAnother(
      'a transaction uses the metadata of its start, even if another driver deploys',
      async ({ driver, another }) => {
        const other = await another();
        const transaction = await driver.beginTransaction();
        const write = async () => {
          await setTimeout(20);
          await driver.create('folder', { id: 'f1', name: 'long' }, { transaction });
          await driver.commit(transaction);
        };
        await Promise.all([other.syncSchema('folder', CHANGED_FOLDER), write()]);
        await refused(driver.create('folder', { name: 'long' }), 'validation_failed');
        assert.deepEqual(
          (await driver.find('folder')).map(({ name }) => name),
          ['long'],
        );
      },
    ),
    capabilities: ['transactions', 'schemaSync'],
  },
  'sees-writes': withAnother('a write of one driver is visible to another', async ({ driver, another }) => {
    const other = await another();
    const made = await driver.create('folder', { name: 'one' });
    assert.deepEqual(await other.find('folder'), [made]);
    await other.update('folder', made.id, { name: 'two' });
    assert.equal((await driver.findOne('folder'))?.name, 'two');
  }),
  'loses-nothing': adapting(
    ['gaplessAutonumbers'],
    withAnother('concurrent writes of several drivers are all stored', async ({ driver, another }) => {
      const drivers = [driver, await another(), await another()];
      await Promise.all(
        drivers.flatMap((one, at) =>
          Array.from({ length: 10 }, (_, index) =>
            one.create('account', { name: `by ${at}`, code: `${at}-${index}` }),
          ),
        ),
      );
      const numbers = (await driver.find('account')).map(({ number }) => number).sort();
      assert.equal(new Set(numbers).size, 30);
      if (!driver.supports.gaplessAutonumbers) return;
      assert.deepEqual(
        numbers,
        Array.from({ length: 30 }, (_, index) => `A-${String(index + 1).padStart(3, '0')}`),
      );
    }),
  ),
};

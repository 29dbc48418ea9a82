import assert from 'node:assert/strict';
import type { RecordViolation } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable } from './driver-trial.js';
import { AUTONUMBER } from './sample-accounts.js';
import { folders, threeFolders } from './sample-folders.js';

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
        made.map(({ status, origin }) => [status, origin]),
        [
          ['open', 'web'],
          ['closed', 'web'],
        ],
      );
      const numbers = made.map(({ number }) => String(number));
      for (const number of numbers) assert.match(number, AUTONUMBER);
      const counted = numbers.map((number) => Number(number.slice(2)));
      assert.deepEqual(
        [...new Set(counted)].sort((left, right) => left - right),
        counted,
      );
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
  'create-system-write': ifCapable(
    'bulkCreate',
    'bulkCreate as a system write reports permitted violations, each with the index of its record',
    async ({ driver }) => {
      const heard: RecordViolation[] = [];
      const onViolation = (violation: RecordViolation) => heard.push(violation);
      const records = [{ name: 'Acme' }, { name: 'Bolt', status: 'odd' }, {}];
      const made = await driver.bulkCreate('account', records, { system: true, onViolation });
      assert.deepEqual(
        made.map(({ name, status }) => [name, status]),
        [
          ['Acme', 'open'],
          ['Bolt', 'odd'],
          [null, 'open'],
        ],
      );
      assert.deepEqual(
        heard.map(({ index, field, rule }) => [index, field, rule]),
        [
          [1, 'status', 'option'],
          [2, 'name', 'required'],
        ],
      );
    },
  ),
  'create-forward-references': ifCapable(
    'bulkCreate',
    'bulkCreate accepts lookups to records that follow in the same call',
    async ({ driver }) => {
      await driver.bulkCreate('folder', [
        { id: 'f1', parent: 'f3' },
        { id: 'f2', parent: 'f2' },
        { id: 'f3', parent: 'f2' },
      ]);
      assert.deepEqual(await folders(driver), [
        ['f1', null, 'f3'],
        ['f2', null, 'f2'],
        ['f3', null, 'f2'],
      ]);
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
};

import assert from 'node:assert/strict';
import type { DriverTransaction, IDataDriver } from '@objectstack/spec/contracts';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable, must } from './driver-trial.js';

const NO_IDS: readonly unknown[] = [undefined, null, 1, {}, ['f1']];
const NO_LISTS: readonly unknown[] = [undefined, null, {}, 'f1', new Set(['f1'])];
const NO_OBJECTS: readonly unknown[] = [[null], ['f1'], [new Map()], Array(1)];

async function untouched(driver: IDataDriver): Promise<void> {
  const folders = await driver.find('folder', { fields: ['id', 'name'] });
  assert.deepEqual(folders, [{ id: 'f1', name: 'one' }]);
}

/** Makes a call with each argument; each must be rejected without any effect. */
async function refusesEach(
  driver: IDataDriver,
  wrong: readonly unknown[],
  call: (argument: never) => Promise<unknown>,
): Promise<void> {
  await driver.create('folder', { id: 'f1', name: 'one' });
  for (const argument of wrong) await refused(call(argument as never), 'invalid_request');
  await untouched(driver);
}

/** Invalid arguments that TypeScript would reject. */
export const argumentChecks: DriverChecks = {
  update: must('update rejects an id that is not a text', ({ driver }) =>
    refusesEach(driver, NO_IDS, (id) => driver.update('folder', id, { name: 'new' })),
  ),
  delete: must('delete rejects an id that is not a text', ({ driver }) =>
    refusesEach(driver, NO_IDS, (id) => driver.delete('folder', id)),
  ),
  upsert: must('upsert rejects conflict keys that are not a list', ({ driver }) =>
    refusesEach(driver, [null, {}, 'id'], (keys) => driver.upsert('folder', { id: 'f1', name: 'new' }, keys)),
  ),
  bulkCreate: ifCapable(
    'bulkCreate',
    'bulkCreate rejects an argument that is not a list of records',
    ({ driver }) =>
      refusesEach(driver, [...NO_LISTS, ...NO_OBJECTS], (list) => driver.bulkCreate('folder', list)),
  ),
  bulkUpdate: ifCapable(
    'bulkUpdate',
    'bulkUpdate rejects an argument that is not a list of ids and changes',
    ({ driver }) => {
      const withoutId = [[{ data: { name: 'new' } }], [{ id: 1, data: { name: 'new' } }], [{ id: 'f1' }]];
      return refusesEach(driver, [...NO_LISTS, ...NO_OBJECTS, ...withoutId], (list) =>
        driver.bulkUpdate('folder', list),
      );
    },
  ),
  bulkDelete: ifCapable(
    'bulkDelete',
    'bulkDelete rejects an argument that is not a list of ids',
    ({ driver }) =>
      refusesEach(driver, [...NO_LISTS, ...NO_IDS.map((id) => [id]), Array(1)], (ids) =>
        driver.bulkDelete('folder', ids),
      ),
  ),
  options: must('a call rejects invalid options, and the driver remains usable', ({ driver }) =>
    refusesEach(driver, [null, 'x', { signal: {} }, { signal: 'x' }], (options) =>
      driver.create('folder', { name: 'new' }, options),
    ),
  ),
  transaction: ifCapable(
    'transactions',
    'commit rejects an invalid transaction, and rollback ignores it',
    async ({ driver }) => {
      for (const wrong of [undefined, null, {}, 'x'] as unknown as DriverTransaction[]) {
        await refused(driver.commit(wrong), 'invalid_transaction');
        await driver.rollback(wrong);
      }
    },
  ),
};

import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { type DriverCheck, type DriverChecks, ifCapable } from './driver-trial.js';
import { CONDITIONS, LIST_CONDITIONS, LOGIC } from './filter-conditions.js';
import { filled, idsOf } from './sample-accounts.js';

async function assertFinds(
  driver: IDataDriver,
  conditions: readonly (readonly [Filter, string])[],
): Promise<void> {
  for (const [where, ids] of conditions)
    assert.equal(idsOf(await driver.find('account', { where })), ids, JSON.stringify(where));
}

const operatorChecks = Object.fromEntries(
  Object.entries(CONDITIONS).map(([operator, conditions]): [string, DriverCheck] => [
    operator.slice(1),
    ifCapable(
      'queryFilters',
      `${operator} finds exactly the matching records, also without a value and with different case`,
      async (trial) => assertFinds(await filled(trial), conditions),
    ),
  ]),
);

export const filterChecks: DriverChecks = {
  ...operatorChecks,
  logic: ifCapable(
    'queryFilters',
    '$and, $or and $not can be combined, also with empty lists',
    async (trial) => assertFinds(await filled(trial), LOGIC),
  ),
  'field-to-field': ifCapable(
    'queryFilters',
    'compares a field with another field of the record',
    async (trial) =>
      assertFinds(await filled(trial), [
        [{ budget: { $eq: { $field: 'limit_amount' } } }, '15'],
        [{ budget: { $lt: { $field: 'limit_amount' } } }, '2'],
        [{ budget: { $ne: { $field: 'limit_amount' } } }, '234'],
      ]),
  ),
  lists: ifCapable(
    ['queryFilters', 'arrayFields'],
    'finds records by the items of a list, and by whether there is one',
    async (trial) => {
      const driver = await filled(trial);
      await driver.update('account', 'a4', { tags: ['t'] });
      await assertFinds(driver, LIST_CONDITIONS);
    },
  ),
  json: ifCapable(
    ['queryFilters', 'jsonFields'],
    'finds records by whether a JSON field has a value',
    async (trial) => {
      const driver = await filled(trial);
      await driver.update('account', 'a2', { extra: { a: 1 } });
      await assertFinds(driver, [
        [{ extra: { $exists: true } }, '2'],
        [{ extra: { $null: true } }, '1345'],
      ]);
    },
  ),
  'text-order': ifCapable(
    ['queryFilters', 'binaryCollation'],
    'compares texts by their bytes in UTF-8',
    async (trial) =>
      assertFinds(await filled(trial), [
        [{ name: { $gt: 'Bolt%' } }, '245'],
        [{ name: { $lt: 'B' } }, '1'],
      ]),
  ),
  'folded-case': ifCapable(
    ['queryFilters', 'querySorting'],
    'compares a unique field with caseSensitive: false without regard to the case of A to Z, in filters, sort order and keys',
    async ({ driver }) => {
      const nicks = ['Ada', 'bob', 'Cleo É'];
      for (const [index, nick] of nicks.entries())
        await driver.create('account', { id: `a${index + 1}`, name: 'Acme', nick });
      await assertFinds(driver, [
        [{ nick: 'ADA' }, '1'],
        [{ nick: { $ne: 'ADA' } }, '23'],
        [{ nick: { $in: ['ADA', 'BOB'] } }, '12'],
        [{ nick: { $gt: 'BOB' } }, '3'],
        [{ nick: { $contains: 'LEO' } }, '3'],
        [{ nick: 'cleo é' }, ''],
      ]);
      const ordered = await driver.find('account', { orderBy: [{ field: 'nick', order: 'desc' }] });
      assert.equal(idsOf(ordered), '321');
      const { id } = await driver.upsert('account', { nick: 'BOB', name: 'Bolt' }, ['nick']);
      assert.equal(id, 'a2');
    },
  ),
  'long-list': ifCapable('queryFilters', '$in accepts thousands of values', async (trial) => {
    const driver = await filled(trial);
    const names = Array.from({ length: 5_000 }, (_, index) => `name ${index}`);
    assert.equal(idsOf(await driver.find('account', { where: { name: { $in: [...names, 'Acme'] } } })), '1');
  }),
  'same-everywhere': ifCapable(
    'queryFilters',
    'findOne, count and find return matching results for a filter',
    async (trial) => {
      const driver = await filled(trial);
      for (const [where, ids] of LOGIC) {
        assert.equal(await driver.count('account', { where }), ids.length);
        assert.equal((await driver.findOne('account', { where }))?.id.slice(1), ids[0]);
      }
    },
  ),
};

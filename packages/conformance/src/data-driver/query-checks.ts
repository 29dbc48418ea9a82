import assert from 'node:assert/strict';
import type { DataRecord, IDataDriver } from '@objectstack/spec/contracts';
import { cursorAfter, type QueryInput } from '@objectstack/spec/data';
import { adapting, type DriverChecks, ifCapable, must } from './driver-trial.js';
import { filled, idsOf } from './sample-accounts.js';

const ORDERS: readonly (readonly [NonNullable<QueryInput['orderBy']>, string])[] = [
  [[], '12345'],
  [[{ field: 'id', order: 'desc' }], '54321'],
  [[{ field: 'budget' }], '45321'],
  [[{ field: 'budget', order: 'desc' }], '12345'],
  [[{ field: 'opened_on', order: 'desc' }], '21534'],
  [[{ field: 'active' }, { field: 'id', order: 'desc' }], '54321'],
];
const TEXT_ORDERS: typeof ORDERS = [
  [[{ field: 'name' }], '13425'],
  [[{ field: 'active' }, { field: 'name', order: 'desc' }], '54321'],
];

async function assertOrders(driver: IDataDriver, orders: typeof ORDERS): Promise<void> {
  for (const [orderBy, ids] of orders)
    assert.equal(idsOf(await driver.find('account', { orderBy })), ids, JSON.stringify(orderBy));
}

export const queryChecks: DriverChecks = {
  order: ifCapable(
    'querySorting',
    'sorts by size, by id among equals; missing values come first in ascending and last in descending order',
    async (trial) => assertOrders(await filled(trial), ORDERS),
  ),
  'text-order': ifCapable(
    ['querySorting', 'binaryCollation'],
    'sorts texts by their bytes in UTF-8',
    async (trial) => assertOrders(await filled(trial), TEXT_ORDERS),
  ),
  'limit-and-offset': ifCapable(
    'queryPagination',
    'limit, top and offset select a part of the list; a limit of 0 returns nothing',
    async (trial) => {
      const driver = await filled(trial);
      const cuts: [QueryInput, string][] = [
        [{ limit: 2 }, '12'],
        [{ top: 2 }, '12'],
        [{ limit: 2, top: 2, offset: 1 }, '23'],
        [{ offset: 3 }, '45'],
        [{ offset: 9 }, ''],
        [{ limit: 0 }, ''],
      ];
      for (const [query, ids] of cuts) assert.equal(idsOf(await driver.find('account', query)), ids);
      assert.equal(await driver.findOne('account', { limit: 0 }), null);
    },
  ),
  'cursor-pages': ifCapable(
    ['queryPagination', 'querySorting'],
    'cursor pages contain every record once, in any order',
    async (trial) => {
      const driver = await filled(trial);
      for (const [orderBy] of [...ORDERS, ...TEXT_ORDERS]) {
        const ids = idsOf(await driver.find('account', { orderBy }));
        const seen: DataRecord[] = [];
        for (let page = await driver.find('account', { orderBy, limit: 2 }); page.length > 0; ) {
          seen.push(...page);
          const cursor = cursorAfter(page.at(-1) as DataRecord, orderBy);
          page = await driver.find('account', { orderBy, limit: 2, cursor });
        }
        assert.equal(idsOf(seen), ids, JSON.stringify(orderBy));
      }
    },
  ),
  'cursor-is-stable': ifCapable(
    'queryPagination',
    'a record that is added before the cursor does not shift the next page',
    async (trial) => {
      const driver = await filled(trial);
      await driver.create('account', { id: 'a0', name: 'Early' });
      assert.equal(idsOf(await driver.find('account', { limit: 2, cursor: { id: 'a2' } })), '34');
    },
  ),
  fields: must('returns the requested fields and always the id', async (trial) => {
    const driver = await filled(trial);
    const [first] = await driver.find('account', { fields: ['budget', 'name'] });
    assert.deepEqual(first, { id: 'a1', name: 'Acme', budget: 10 });
  }),
  'finds-one': adapting(
    ['queryFilters', 'querySorting'],
    must('findOne returns the first record in the order, or null', async (trial) => {
      assert.equal(await trial.driver.findOne('account'), null);
      const driver = await filled(trial);
      assert.equal((await driver.findOne('account'))?.id, 'a1');
      const orderBy = [{ field: 'opened_on', order: 'desc' as const }];
      if (driver.supports.querySorting)
        assert.equal((await driver.findOne('account', { orderBy }))?.id, 'a2');
      if (driver.supports.queryFilters)
        assert.equal(await driver.findOne('account', { where: { name: 'no_such_id' } }), null);
    }),
  ),
  explain: adapting(
    ['queryFilters'],
    must('explain describes the execution without values', async (trial) => {
      const driver = await filled(trial);
      const query = driver.supports.queryFilters ? { where: { name: 'sesame' } } : {};
      const { sql, steps } = await driver.explain('account', query);
      assert.ok(sql.length > 0 && steps.length > 0);
      assert.ok(!JSON.stringify({ sql, steps }).includes('sesame'));
    }),
  ),
};

import assert from 'node:assert/strict';
import type { DataRecord } from '@objectstack/spec/contracts';
import { cursorAfter, type QueryInput } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable, must } from './driver-trial.js';
import { filled, idsOf } from './sample-accounts.js';

const QUERY_MISTAKES: readonly (readonly [unknown, string])[] = [
  [{ wher: {} }, '/wher'],
  [[], ''],
  [Promise.resolve({ limit: 1 }), ''],
  [{ limit: -1 }, '/limit'],
  [{ limit: 1.5 }, '/limit'],
  [{ limit: '1' }, '/limit'],
  [{ limit: 1, top: 2 }, '/top'],
  [{ fields: [] }, '/fields'],
  [{ fields: ['name', 'nothing'] }, '/fields/1'],
  [{ fields: ['label'] }, '/fields/0'],
  [{ orderBy: [{ field: 'nothing' }] }, '/orderBy/0/field'],
  [{ orderBy: [{ field: 'tags' }] }, '/orderBy/0/field'],
  [{ orderBy: [{ field: 'name', order: 'up' }] }, '/orderBy/0/order'],
  [{ object: 'contact' }, '/object'],
  [{ cursor: { id: 'a1' }, offset: 1 }, '/offset'],
  [{ cursor: { id: 'a1', name: 'x' } }, '/cursor/name'],
  [{ cursor: { id: 'a1' }, orderBy: [{ field: 'name' }] }, '/cursor/name'],
  [{ cursor: { id: 1 } }, '/cursor/id'],
];

const ORDERS: readonly (readonly [NonNullable<QueryInput['orderBy']>, string])[] = [
  [[], '12345'],
  [[{ field: 'id', order: 'desc' }], '54321'],
  [[{ field: 'name' }], '13425'],
  [[{ field: 'budget' }], '45321'],
  [[{ field: 'budget', order: 'desc' }], '12345'],
  [[{ field: 'opened_on', order: 'desc' }], '21534'],
  [[{ field: 'active' }, { field: 'name', order: 'desc' }], '54321'],
];

export const queryChecks: DriverChecks = {
  order: ifCapable(
    'querySorting',
    'sorts by bytes and size, missing values first, ids last',
    async (trial) => {
      const driver = await filled(trial);
      for (const [orderBy, ids] of ORDERS)
        assert.equal(idsOf(await driver.find('account', { orderBy })), ids, JSON.stringify(orderBy));
    },
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
    'queryPagination',
    'cursor pages contain every record once, in any order',
    async (trial) => {
      const driver = await filled(trial);
      for (const [orderBy, ids] of ORDERS) {
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
    assert.deepEqual(await driver.find('account', { fields: ['budget', 'name'], limit: 1 }), [
      { id: 'a1', name: 'Acme', budget: 10 },
    ]);
  }),
  'finds-one': must('findOne returns the first record in the order, or null', async (trial) => {
    const driver = await filled(trial);
    assert.equal(
      (await driver.findOne('account', { orderBy: [{ field: 'name', order: 'desc' }] }))?.id,
      'a5',
    );
    assert.equal(await driver.findOne('account', { where: { name: 'no_such_id' } }), null);
  }),
  'refuses-mistakes': must('an invalid query is rejected with invalid_query and its path', async (trial) => {
    const driver = await filled(trial);
    for (const [query, path] of QUERY_MISTAKES) {
      const error = await refused(driver.find('account', query as QueryInput), 'invalid_query');
      assert.equal(error.details.path, path, JSON.stringify(query));
    }
  }),
  'count-takes-a-filter-only': must('count rejects query keys that it would ignore', async ({ driver }) => {
    for (const query of [{ limit: 1 }, { orderBy: [] }, { fields: ['name'] }])
      await refused(driver.count('account', query as object), 'invalid_query');
  }),
  explain: must(
    'explain describes the execution without values, and rejects the same queries as find',
    async (trial) => {
      const driver = await filled(trial);
      const { sql, steps } = await driver.explain('account', { where: { name: 'sesame' } });
      assert.ok(sql.length > 0 && steps.length > 0);
      assert.ok(!JSON.stringify({ sql, steps }).includes('sesame'));
      await refused(driver.explain('account', { where: { nothing: 1 } }), 'invalid_filter');
      await refused(driver.explain('account', { limit: -1 }), 'invalid_query');
    },
  ),
};

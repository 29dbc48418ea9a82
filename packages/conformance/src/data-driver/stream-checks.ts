import assert from 'node:assert/strict';
import type { DataRecord } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { adapting, type DriverChecks, ifCapable } from './driver-trial.js';
import { FILLS, fillFolders } from './fill-folders.js';
import { filled } from './sample-accounts.js';
import { supportedCases } from './uses-of.js';

async function collect(records: AsyncIterable<DataRecord>): Promise<DataRecord[]> {
  const all: DataRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

const ADAPTS = ['queryFilters', 'querySorting', 'queryPagination'] as const;

const QUERIES: readonly (readonly [string, QueryInput])[] = [
  ['account', {}],
  ['account', { where: { budget: { $gt: 0 } } }],
  ['account', { orderBy: [{ field: 'name', order: 'desc' }], fields: ['code'] }],
  ['account', { limit: 2, offset: 1 }],
  ['account', { limit: 0 }],
  [
    'contact',
    { fields: ['name'], orderBy: [{ field: 'account' }], expand: { account: { fields: ['name'] } } },
  ],
];
const toCall = (args: readonly unknown[]) => ({ method: 'findStream', args });

const MISTAKES: readonly unknown[] = [
  { groupBy: ['name'] },
  { limit: '5' },
  { limit: 600.5 },
  { limit: 1, top: 2 },
  { orderBy: 'name', fields: ['name'] },
  { orderBy: [null], fields: ['name'] },
  [],
  null,
];

export const streamChecks: DriverChecks = {
  'same-as-find': adapting(
    ADAPTS,
    ifCapable('streaming', 'returns the same records as find, in the same order', async (trial) => {
      const driver = await filled(trial);
      await driver.create('contact', { id: 'c1', account: 'a1' });
      for (const [object, query] of supportedCases(driver, QUERIES, toCall))
        assert.deepEqual(await collect(driver.findStream(object, query)), await driver.find(object, query));
    }),
  ),
  many: adapting(
    [...FILLS, 'querySorting'],
    ifCapable('streaming', 'returns each of thousands of records once', async ({ driver }) => {
      await fillFolders(driver, 1_201);
      const query = driver.supports.querySorting ? { orderBy: [{ field: 'name' }] } : {};
      const seen = await collect(driver.findStream('folder', query));
      assert.equal(new Set(seen.map(({ id }) => id)).size, 1_201);
      assert.equal(seen.length, 1_201);
    }),
  ),
  'in-pages': adapting(
    FILLS,
    ifCapable(
      'streaming',
      'reads pages of at most a thousand records when they are requested, and not all of them before the first',
      async ({ driver }) => {
        await fillFolders(driver, 1_201);
        let seen = 0;
        for await (const _ of driver.findStream('folder')) {
          if (seen++ === 0) await driver.deleteMany('folder', { where: {} });
        }
        assert.ok(seen <= 1_000, `It returned ${seen} records, all but one of which were deleted.`);
      },
    ),
  ),
  'stops-early': ifCapable(
    'streaming',
    'can be ended early, and the driver remains usable',
    async (trial) => {
      const driver = await filled(trial);
      for await (const _ of driver.findStream('account')) break;
      await driver.create('folder', {});
      assert.equal((await driver.find('account')).length, 5);
    },
  ),
  abort: ifCapable('streaming', 'rejects with aborted if its signal is aborted midway', async (trial) => {
    const driver = await filled(trial);
    const controller = new AbortController();
    const seen: string[] = [];
    const read = async () => {
      for await (const { id } of driver.findStream('account', {}, { signal: controller.signal })) {
        seen.push(id);
        controller.abort();
      }
    };
    await refused(read(), 'aborted');
    assert.deepEqual(seen, ['a1']);
  }),
  'refuses-mistakes': adapting(
    [...ADAPTS, 'queryAggregations'],
    ifCapable(
      'streaming',
      'rejects the same queries as find, and queries for rows of values',
      async ({ driver }) => {
        if (driver.supports.queryFilters)
          await refused(collect(driver.findStream('account', { where: { nothing: 1 } })), 'invalid_filter');
        for (const query of supportedCases(driver, MISTAKES, (one) => toCall(['account', one])))
          await refused(collect(driver.findStream('account', query as QueryInput)), 'invalid_query');
      },
    ),
  ),
};

import assert from 'node:assert/strict';
import type { DataRecord } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverChecks, ifCapable } from './driver-trial.js';
import { filled } from './sample-accounts.js';

async function collect(records: AsyncIterable<DataRecord>): Promise<DataRecord[]> {
  const all: DataRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}

export const streamChecks: DriverChecks = {
  'same-as-find': ifCapable(
    'streaming',
    'returns the same records as find, in the same order',
    async (trial) => {
      const driver = await filled(trial);
      for (const query of [
        {},
        { where: { budget: { $gt: 0 } } },
        { orderBy: [{ field: 'name', order: 'desc' as const }], fields: ['code'] },
        { limit: 2, offset: 1 },
        { limit: 0 },
      ])
        assert.deepEqual(
          await collect(driver.findStream('account', query)),
          await driver.find('account', query),
        );
      await driver.create('contact', { id: 'c1', account: (await driver.findOne('account'))?.id });
      const expanding = {
        fields: ['name'],
        orderBy: [{ field: 'account' }],
        expand: { account: { fields: ['name'] } },
      };
      assert.deepEqual(
        await collect(driver.findStream('contact', expanding)),
        await driver.find('contact', expanding),
      );
    },
  ),
  many: ifCapable('streaming', 'returns each of thousands of records once', async ({ driver }) => {
    const records = Array.from({ length: 1_201 }, (_, index) => ({ name: `n${index % 7}` }));
    await driver.bulkCreate('folder', records);
    const seen = await collect(driver.findStream('folder', { orderBy: [{ field: 'name' }] }));
    assert.equal(new Set(seen.map(({ id }) => id)).size, 1_201);
    assert.equal(seen.length, 1_201);
  }),
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
  'refuses-mistakes': ifCapable(
    'streaming',
    'rejects the same queries as find, and queries for rows of values',
    async ({ driver }) => {
      await refused(collect(driver.findStream('account', { where: { nothing: 1 } })), 'invalid_filter');
      for (const query of [
        { groupBy: ['name'] },
        { limit: '5' },
        { limit: 600.5 },
        { limit: 1, top: 2 },
        { orderBy: 'name', fields: ['name'] },
        { orderBy: [null], fields: ['name'] },
        [],
        null,
      ])
        await refused(collect(driver.findStream('account', query as QueryInput)), 'invalid_query');
    },
  ),
};

import { describe, expect, it } from 'vitest';
import { mistakesOf } from './check-all.js';
import { MemoryDriver } from './memory-driver.js';

async function pathsOf(query: object): Promise<unknown[]> {
  const driver = new MemoryDriver();
  await driver.connect();
  const fields = { day: { type: 'date' }, tags: { type: 'tags' } } as const;
  await driver.syncSchema('thing', { name: 'thing', fields });
  const error = await driver.findOne('thing', query).catch((reason: unknown) => reason);
  return mistakesOf(error).map(({ details }) => details.path);
}

describe('selectRecords', () => {
  it('finds every mistake of a query for rows of values, because no order of checks is prescribed', async () => {
    const aggregations = [{ function: 'sum', field: 'day', alias: 'total' }];
    const paths = await pathsOf({ groupBy: ['day', 'tags'], aggregations, where: { nothing: 1 } });
    expect(new Set(paths)).toEqual(
      new Set(['/aggregations', '/groupBy', '/groupBy/1', '/aggregations/0/field', '/where/nothing']),
    );
  });

  it('finds both keys that differ', async () => {
    expect(await pathsOf({ limit: 1, top: 2 })).toEqual(['/top', '/limit']);
  });
});

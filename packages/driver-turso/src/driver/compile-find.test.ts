import { randomFrom } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

const THING = object('thing', {
  rank: { type: 'number' },
  name: { type: 'text' },
  data: { type: 'json' },
  total: { type: 'formula' },
});

async function filled() {
  const { driver } = await freshDatabase([THING]);
  const random = randomFrom(5);
  const records = Array.from({ length: 57 }, (_, index) => ({
    id: `r${String(index).padStart(2, '0')}`,
    rank: random.chance(0.2) ? null : random.below(4),
    name: random.pick(['a', 'b', 'B', 'ä']),
  }));
  await driver.bulkCreate('thing', random.shuffle(records));
  return { driver, records };
}

describe('compileFind', () => {
  it.each([
    [[]],
    [[{ field: 'rank' }]],
    [[{ field: 'rank', order: 'desc' }]],
    [[{ field: 'name', order: 'desc' }, { field: 'rank' }]],
    [[{ field: 'id', order: 'desc' }]],
  ] as const)('never shows a record twice or not at all on the pages of %j', async (orderBy) => {
    const { driver, records } = await filled();
    const ids: string[] = [];
    for (let offset = 0; offset < 70; offset += 10) {
      const page = await driver.find('thing', { orderBy: [...orderBy], limit: 10, offset, fields: ['rank'] });
      ids.push(...page.map(({ id }) => id));
    }
    expect(ids).toEqual((await driver.find('thing', { orderBy: [...orderBy] })).map(({ id }) => id));
    expect([...ids].sort()).toEqual(records.map(({ id }) => id));
  });

  it.each([
    [{ limit: 0 }, 0],
    [{ top: 3 }, 3],
    [{ limit: 3, top: 3 }, 3],
    [{ offset: 50 }, 7],
    [{ offset: 100 }, 0],
    [{ limit: undefined, where: undefined }, 57],
    [{ object: 'thing' }, 57],
    [{ limit: Number.MAX_SAFE_INTEGER }, 57],
  ])('takes %j', async (query, count) => {
    const { driver } = await filled();
    expect(await driver.find('thing', query as never)).toHaveLength(count);
  });

  it('returns the asked fields and id', async () => {
    const { driver } = await filled();
    expect(await driver.findOne('thing', { where: { id: 'r00' }, fields: ['name', 'name'] })).toEqual({
      id: 'r00',
      name: expect.any(String),
    });
    expect(await driver.findOne('thing', { fields: ['id'] })).toEqual({ id: 'r00' });
  });

  it.each([
    [{ limit: -1 }, '/limit'],
    [{ limit: 1.5 }, '/limit'],
    [{ limit: '1' }, '/limit'],
    [{ offset: -1 }, '/offset'],
    [{ limit: 1, top: 2 }, '/top'],
    [{ fields: [] }, '/fields'],
    [{ fields: ['nothing'] }, '/fields/0'],
    [{ fields: ['id', 'total'] }, '/fields/1'],
    [{ fields: ['constructor'] }, '/fields/0'],
    [{ orderBy: [{ field: 'nothing' }] }, '/orderBy/0/field'],
    [{ orderBy: [{ field: 'name' }, { field: 'data' }] }, '/orderBy/1/field'],
    [{ orderBy: [{ field: 'name', order: 'desc; drop' }] }, '/orderBy/0/order'],
    [{ sort: 'name' }, '/sort'],
    [{ object: 'other' }, '/object'],
    [null, ''],
    ['all', ''],
  ])('refuses %j at its path', async (query, path) => {
    const { driver } = await filled();
    const calls = [() => driver.find('thing', query as never), () => driver.findOne('thing', query as never)];
    for (const call of calls)
      await expect(call()).rejects.toMatchObject({ code: 'invalid_query', details: { path } });
  });

  it.each([
    ['search', 'query_search'],
    ['joins', 'query_joins'],
    ['windowFunctions', 'query_window_functions'],
  ])('refuses %s by name', async (key, feature) => {
    const { driver } = await filled();
    await expect(driver.find('thing', { [key]: {} })).rejects.toMatchObject({
      code: 'not_supported',
      details: { feature },
    });
    expect(await driver.find('thing', { [key]: undefined, limit: 1 })).toHaveLength(1);
  });
});

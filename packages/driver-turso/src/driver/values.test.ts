import type { IDataDriver } from '@objectstack/spec/contracts';
import type { QueryInput } from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

const DEAL = object('deal', {
  stage: { type: 'text' },
  amount: { type: 'number' },
  open: { type: 'boolean' },
  due: { type: 'date' },
  tags: { type: 'tags' },
  title: { type: 'formula' },
});
const DEALS = [
  { stage: 'won', amount: 10, open: false, due: '2026-01-02', tags: ['a'] },
  { stage: 'won', amount: 0.1 + 0.2, open: true, due: '2026-01-01', tags: ['b', 'c'] },
  { stage: 'lost', amount: 5, open: false },
  { stage: 'lost', amount: 5, open: null },
  { stage: null, amount: null, due: '2026-03-01' },
];

async function deals(records: readonly Record<string, unknown>[] = DEALS): Promise<IDataDriver> {
  const { driver } = await freshDatabase([DEAL]);
  await driver.bulkCreate('deal', records);
  return driver;
}

const node = (name: string, field?: string, rest = {}) => ({
  function: name,
  ...(field && { field }),
  alias: 'v',
  ...rest,
});
const find = (driver: IDataDriver, query: unknown) => driver.find('deal', query as QueryInput);

describe('find of values', () => {
  it.each([
    [
      node('count'),
      [
        { stage: null, v: 1 },
        { stage: 'lost', v: 2 },
        { stage: 'won', v: 2 },
      ],
    ],
    [
      node('count', 'open'),
      [
        { stage: null, v: 0 },
        { stage: 'lost', v: 1 },
        { stage: 'won', v: 2 },
      ],
    ],
    [
      node('count_distinct', 'amount'),
      [
        { stage: null, v: 0 },
        { stage: 'lost', v: 1 },
        { stage: 'won', v: 2 },
      ],
    ],
    [
      node('sum', 'amount'),
      [
        { stage: null, v: null },
        { stage: 'lost', v: 10 },
        { stage: 'won', v: 10.3 },
      ],
    ],
    [
      node('sum', 'amount', { distinct: true }),
      [
        { stage: null, v: null },
        { stage: 'lost', v: 5 },
        { stage: 'won', v: 10.3 },
      ],
    ],
    [
      node('avg', 'amount'),
      [
        { stage: null, v: null },
        { stage: 'lost', v: 5 },
        { stage: 'won', v: 5.15 },
      ],
    ],
    [
      node('min', 'due'),
      [
        { stage: null, v: '2026-03-01' },
        { stage: 'lost', v: null },
        { stage: 'won', v: '2026-01-01' },
      ],
    ],
    [
      node('max', 'amount'),
      [
        { stage: null, v: null },
        { stage: 'lost', v: 5 },
        { stage: 'won', v: 10 },
      ],
    ],
    [
      node('array_agg', 'amount'),
      [
        { stage: null, v: [null] },
        { stage: 'lost', v: [5, 5] },
        { stage: 'won', v: [0.1 + 0.2, 10] },
      ],
    ],
    [
      node('array_agg', 'amount', { distinct: true }),
      [
        { stage: null, v: [null] },
        { stage: 'lost', v: [5] },
        { stage: 'won', v: [0.1 + 0.2, 10] },
      ],
    ],
    [
      node('array_agg', 'open'),
      [
        { stage: null, v: [null] },
        { stage: 'lost', v: [null, false] },
        { stage: 'won', v: [false, true] },
      ],
    ],
    [
      node('array_agg', 'tags'),
      [
        { stage: null, v: [null] },
        { stage: 'lost', v: [null, null] },
        { stage: 'won', v: [['a'], ['b', 'c']] },
      ],
    ],
    [
      node('string_agg', 'stage'),
      [
        { stage: null, v: null },
        { stage: 'lost', v: 'lost,lost' },
        { stage: 'won', v: 'won,won' },
      ],
    ],
    [
      node('string_agg', 'stage', { distinct: true }),
      [
        { stage: null, v: null },
        { stage: 'lost', v: 'lost' },
        { stage: 'won', v: 'won' },
      ],
    ],
    [
      node('count', undefined, { filter: { amount: { $gt: 5 } } }),
      [
        { stage: null, v: 0 },
        { stage: 'lost', v: 0 },
        { stage: 'won', v: 1 },
      ],
    ],
  ])('computes %j over each group', async (aggregation, expected) => {
    const rows = await find(await deals(), { aggregations: [aggregation], groupBy: ['stage'] });
    expect(rows).toEqual(expected);
  });

  it('computes over all records, and over none', async () => {
    const aggregations = [
      node('count'),
      { ...node('sum', 'amount'), alias: 'total' },
      { ...node('array_agg', 'open'), alias: 'all' },
    ];
    const driver = await deals();
    expect(await find(driver, { aggregations })).toEqual([
      { v: 5, total: 20.3, all: [null, null, false, false, true] },
    ]);
    expect(await find(driver, { aggregations, where: { stage: 'none' } })).toEqual([
      { v: 0, total: null, all: [] },
    ]);
    expect(await find(driver, { groupBy: ['stage'], aggregations, where: { stage: 'none' } })).toEqual([]);
  });

  it('returns groups that a condition holds for, in order, page by page', async () => {
    const driver = await deals();
    const query = {
      groupBy: ['stage', 'open'],
      aggregations: [node('count'), { ...node('sum', 'amount'), alias: 'amount' }],
    };
    expect(
      await find(driver, {
        ...query,
        having: { v: 1, amount: { $ne: 5 } },
        orderBy: [{ field: 'amount', order: 'desc' }],
      }),
    ).toEqual([
      { stage: 'won', open: false, v: 1, amount: 10 },
      { stage: 'won', open: true, v: 1, amount: 0.30000000000000004 },
      { stage: null, open: null, v: 1, amount: null },
    ]);
    expect(await find(driver, { ...query, having: { $or: [{ stage: null }, { open: true }] } })).toHaveLength(
      2,
    );
    expect(
      (await find(driver, { ...query, limit: 2, offset: 1 })).map(({ stage, open }) => [stage, open]),
    ).toEqual([
      ['lost', null],
      ['lost', false],
    ]);
    expect(await find(driver, { ...query, limit: 0 })).toEqual([]);
  });

  it('returns distinct rows without their id', async () => {
    const driver = await deals();
    expect(await find(driver, { fields: ['stage'], distinct: true })).toEqual([
      { stage: null },
      { stage: 'lost' },
      { stage: 'won' },
    ]);
    expect(
      await find(driver, {
        fields: ['stage'],
        distinct: true,
        where: { open: false },
        orderBy: [{ field: 'stage', order: 'desc' }],
        limit: 1,
      }),
    ).toEqual([{ stage: 'won' }]);
    expect(await find(driver, { fields: ['stage'], distinct: false })).toHaveLength(5);
  });

  it.each([
    [{ aggregations: [node('sum', 'stage')] }, '/aggregations/0/field'],
    [{ aggregations: [node('sum')] }, '/aggregations/0/field'],
    [{ aggregations: [node('min', 'tags')] }, '/aggregations/0/field'],
    [{ aggregations: [node('count', 'missing')] }, '/aggregations/0/field'],
    [{ aggregations: [node('count', 'title')] }, '/aggregations/0/field'],
    [{ aggregations: [node('string_agg', 'amount')] }, '/aggregations/0/field'],
    [{ aggregations: [node('count_distinct')] }, '/aggregations/0/field'],
    [{ aggregations: [node('median', 'amount')] }, '/aggregations/0/function'],
    [{ aggregations: [node('count'), node('count')] }, '/aggregations/1/alias'],
    [{ aggregations: [{ ...node('count'), alias: 'stage' }], groupBy: ['stage'] }, '/aggregations/0/alias'],
    [{ aggregations: [{ ...node('count'), alias: '__proto__' }] }, '/aggregations/0/alias'],
    [{ aggregations: [{ ...node('count'), alias: 'a"b' }] }, '/aggregations/0/alias'],
    [{ aggregations: [] }, '/aggregations'],
    [{ groupBy: ['missing'] }, '/groupBy/0'],
    [{ groupBy: ['tags'] }, '/groupBy/0'],
    [{ groupBy: ['stage'], orderBy: [{ field: 'amount' }] }, '/orderBy/0/field'],
    [{ groupBy: ['stage'], fields: ['stage'] }, '/fields'],
    [{ groupBy: ['stage'], distinct: true }, '/distinct'],
    [{ groupBy: ['stage'], cursor: { id: 'x' } }, '/cursor'],
    [{ groupBy: ['stage'], expand: { stage: {} } }, '/expand'],
    [{ distinct: true }, '/fields'],
    [{ having: { v: 1 } }, '/having'],
  ])('refuses %j at its path', async (query, path) => {
    await expect(find(await deals(), query)).rejects.toMatchObject({
      code: 'invalid_query',
      details: { path },
    });
  });

  it.each([
    [{ groupBy: ['stage'], having: { amount: 1 } }, '/having/amount'],
    [{ aggregations: [node('count')], having: { v: { $like: 1 } } }, '/having/v/$like'],
    [
      { aggregations: [node('count', undefined, { filter: { missing: 1 } })] },
      '/aggregations/0/filter/missing',
    ],
    [{ aggregations: [node('array_agg', 'stage')], having: { v: { $eq: 'x' } } }, '/having/v/$eq'],
  ])('refuses the condition of %j at its path', async (query, path) => {
    await expect(find(await deals(), query)).rejects.toMatchObject({
      code: 'invalid_filter',
      details: { path },
    });
  });

  it.each(['findOne', 'findStream', 'count'] as const)('is not what %s does', async (method) => {
    const driver = await deals();
    const query = { groupBy: ['stage'] } as QueryInput;
    const call = async () => {
      if (method !== 'findStream') return driver[method]('deal', query);
      for await (const record of driver.findStream('deal', query)) return record;
    };
    await expect(call()).rejects.toMatchObject({ code: 'invalid_query', details: { path: '/groupBy' } });
  });
});

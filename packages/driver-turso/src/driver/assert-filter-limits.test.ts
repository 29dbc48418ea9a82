import type { IDataDriver } from '@objectstack/spec/contracts';
import type { Filter, QueryInput } from '@objectstack/spec/data';
import { LIMITS } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';

const things = () =>
  freshDatabase([object('thing', { title: { type: 'text' }, amount: { type: 'number' } })]);

function nested(depth: number): Filter {
  let filter: Filter = { title: 'x' };
  for (let level = 0; level < depth; level++) filter = { $not: filter };
  return filter;
}

const conditions = (count: number): Filter => ({
  $or: Array.from({ length: count }, (_, index) => ({ amount: index })),
});
const circular: Filter = {};
circular.$not = circular;

const TOO_MUCH: [string, Filter, RegExp][] = [
  ['100,000 conditions', conditions(100_000), /\/\$or\//],
  ['10,000 levels', nested(10_000), /(\/\$not){33,}/],
  ['itself', circular, /(\/\$not){33,}/],
  [
    'a longer list than is allowed',
    { title: { $in: Array.from({ length: LIMITS.maxFilterListItems + 1 }, String) } },
    /\/title\/\$in$/,
  ],
  ['a longer text than is allowed', { title: 'x'.repeat(LIMITS.maxValueBytes + 1) }, /\/title$/],
  [
    'a longer text than is allowed under an operator',
    { title: { $contains: 'x'.repeat(LIMITS.maxValueBytes + 1) } },
    /\/title\/\$contains$/,
  ],
];

const CALLS: [string, string, (driver: IDataDriver, filter: Filter) => Promise<unknown>][] = [
  ['find', '/where', (driver, where) => driver.find('thing', { where })],
  ['count', '/where', (driver, where) => driver.count('thing', { where })],
  ['updateMany', '/where', (driver, where) => driver.updateMany('thing', { where }, { title: 'y' })],
  ['deleteMany', '/where', (driver, where) => driver.deleteMany('thing', { where })],
  [
    'an aggregation',
    '/aggregations/0/filter',
    (driver, filter) => driver.find('thing', { aggregations: [{ function: 'count', alias: 'n', filter }] }),
  ],
];

const CASES = CALLS.flatMap(([name, at, call]) =>
  TOO_MUCH.map(([what, filter, path]) => ({ name, at, call, what, filter, path })),
);

describe('a filter beyond its limits', () => {
  it.each(CASES)('of $name, with $what, is invalid_filter with the path', async (each) => {
    const { driver } = await things();
    const error: unknown = await each.call(driver, each.filter).catch((thrown: unknown) => thrown);
    const at = (path: RegExp | string) => ({ path: expect.stringMatching(path) });
    expect(error).toMatchObject({ code: 'invalid_filter', details: at(each.path) });
    expect(error).toMatchObject({ details: at(`^${each.at}/`) });
  });
});

describe('a query', () => {
  it('that expands without end is invalid_query', async () => {
    const { driver } = await things();
    const query: QueryInput = { object: 'thing' };
    query.expand = { title: query };
    await expect(driver.find('thing', query)).rejects.toMatchObject({ code: 'invalid_query' });
  });
});

/** The longest time that the event loop stood still. */
async function longestGap(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const look = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 1);
  await work();
  look();
  clearInterval(timer);
  return Math.round(longest);
}

describe('a call at its limits', () => {
  const third = Math.floor(LIMITS.maxFilterNodes / 3);
  const text = 'x'.repeat(LIMITS.maxValueBytes);
  it.each<[string, (driver: IDataDriver) => Promise<unknown>]>([
    [
      'conditions',
      (driver) => driver.count('thing', { where: conditions(Math.floor(LIMITS.maxFilterNodes / 2) - 1) }),
    ],
    [
      'conditions with operators',
      (driver) =>
        driver.count('thing', {
          where: { $or: Array.from({ length: third - 1 }, (_, index) => ({ amount: { $gt: index } })) },
        }),
    ],
    [
      'strings in a list',
      (driver) =>
        driver.count('thing', {
          where: {
            title: { $in: Array.from({ length: LIMITS.maxFilterListItems }, (_, index) => `t${index}`) },
          },
        }),
    ],
    [
      'fractions in a list',
      (driver) =>
        driver.count('thing', {
          where: {
            amount: { $in: Array.from({ length: LIMITS.maxFilterListItems }, (_, index) => index + 0.5) },
          },
        }),
    ],
    ['bytes of a string', (driver) => driver.create('thing', { title: text })],
  ])('holds the event loop for a fraction of a second: %s', async (what, work) => {
    const { driver } = await things();
    const gap = await longestGap(() => work(driver));
    console.log(`${what}: the event loop stood still for ${gap} ms`);
    expect(gap).toBeLessThan(2_000);
  });
});

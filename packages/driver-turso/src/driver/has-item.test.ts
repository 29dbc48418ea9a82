import type { IDataDriver } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { beforeAll, describe, expect, it } from 'vitest';
import { object } from '../../test/database.js';
import { createTursoDriver } from './create-turso-driver.js';

describe('$contains of a list', () => {
  const LISTS = object('lists', {
    tags: { type: 'tags' },
    counts: { type: 'number', multiple: true },
    flags: { type: 'boolean', multiple: true },
    days: { type: 'date', multiple: true },
    moments: { type: 'datetime', multiple: true },
    times: { type: 'time', multiple: true },
    friends: { type: 'lookup', reference: 'lists', multiple: true },
    files: { type: 'file', multiple: true },
    extra: { type: 'json' },
  });
  let driver: IDataDriver;
  beforeAll(async () => {
    driver = createTursoDriver({ url: ':memory:' });
    await driver.connect();
    await driver.syncSchema('lists', LISTS);
    await driver.bulkCreate('lists', [
      { id: 'a', tags: ['red', 'it\'s "odd" é'], counts: [1, 0.1 + 0.2], flags: [true], friends: ['b'] },
      { id: 'b', tags: ['reddish'], counts: [10], flags: [false], days: ['2026-01-01'] },
      { id: 'c', tags: [], counts: [], moments: ['2026-01-31T14:00+01:00'], times: ['09:30'] },
      { id: 'n' },
    ]);
  });

  it.each<[Filter, string]>([
    [{ tags: { $contains: 'red' } }, 'a'],
    [{ tags: { $contains: 'it\'s "odd" é' } }, 'a'],
    [{ tags: { $contains: 'RED' } }, ''],
    [{ tags: { $contains: '' } }, ''],
    [{ tags: { $notContains: 'red' } }, 'bcn'],
    [{ $not: { tags: { $contains: 'red' } } }, 'bcn'],
    [{ $or: [{ tags: { $contains: 'red' } }, { counts: { $contains: 10 } }] }, 'ab'],
    [{ tags: { $contains: 'red', $null: false } }, 'a'],
    [{ counts: { $contains: 1 } }, 'a'],
    [{ counts: { $contains: 0.1 + 0.2 } }, 'a'],
    [{ counts: { $contains: 0.3 } }, ''],
    [{ flags: { $contains: false } }, 'b'],
    [{ days: { $contains: '2026-01-01' } }, 'b'],
    [{ moments: { $contains: '2026-01-31T13:00:00Z' } }, 'c'],
    [{ moments: { $contains: '2026-01-31T14:00:00+01:00' } }, 'c'],
    [{ times: { $contains: '09:30:00' } }, 'c'],
    [{ friends: { $contains: 'b' } }, 'a'],
  ])('finds records by an item in %j', async (where, ids) => {
    const found = await driver.find('lists', { where });
    expect(
      found
        .map(({ id }) => id)
        .sort()
        .join(''),
    ).toBe(ids);
  });

  it.each<[unknown, string]>([
    [{ tags: { $contains: 1 } }, '/where/tags/$contains'],
    [{ tags: { $contains: ['red'] } }, '/where/tags/$contains'],
    [{ tags: { $contains: null } }, '/where/tags/$contains'],
    [{ counts: { $contains: '1' } }, '/where/counts/$contains'],
    [{ days: { $notContains: 'today' } }, '/where/days/$notContains'],
    [{ days: { $contains: '2026-01-01T00:00:00Z' } }, '/where/days/$contains'],
    [{ files: { $contains: 'x' } }, '/where/files/$contains'],
    [{ extra: { $contains: 'x' } }, '/where/extra/$contains'],
    [{ tags: { $startsWith: 'red' } }, '/where/tags/$startsWith'],
    [{ tags: { $eq: 'red' } }, '/where/tags/$eq'],
  ])('refuses %j', async (where, path) => {
    await expect(driver.find('lists', { where: where as Filter })).rejects.toMatchObject({
      code: 'invalid_filter',
      details: { path },
    });
  });
});

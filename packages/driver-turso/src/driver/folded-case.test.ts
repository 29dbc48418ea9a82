import type { IDataDriver } from '@objectstack/spec/contracts';
import type { Filter } from '@objectstack/spec/data';
import { beforeAll, describe, expect, it } from 'vitest';
import { object } from '../../test/database.js';
import { createTursoDriver } from './create-turso-driver.js';

const THING = object('thing', {
  key: { type: 'text', unique: true, caseSensitive: false },
  other: { type: 'text' },
});

describe('a unique field with caseSensitive: false', () => {
  let driver: IDataDriver;
  beforeAll(async () => {
    driver = createTursoDriver({ url: ':memory:' });
    await driver.connect();
    await driver.syncSchema('thing', THING);
    await driver.bulkCreate('thing', [
      { id: 'b', key: 'beta', other: 'BETA' },
      { id: 'a', key: 'Alpha', other: 'x' },
      { id: 'c', key: 'Gamma É', other: 'y' },
      { id: 'n', key: null },
    ]);
  });

  it.each<[Filter, string]>([
    [{ key: 'ALPHA' }, 'a'],
    [{ key: { $eq: 'alpha' } }, 'a'],
    [{ key: { $eq: { $field: 'other' } } }, 'bn'],
    [{ key: { $ne: 'ALPHA' } }, 'bcn'],
    [{ key: { $in: ['ALPHA', 'BETA', null] } }, 'abn'],
    [{ key: { $nin: ['ALPHA'] } }, 'bcn'],
    [{ key: { $gt: 'ALPHA' } }, 'bc'],
    [{ key: { $between: ['ALPHA', 'BETA'] } }, 'ab'],
    [{ key: { $contains: 'ALP' } }, 'a'],
    [{ key: { $notContains: 'ALP' } }, 'bcn'],
    [{ key: { $startsWith: 'al' } }, 'a'],
    [{ key: { $endsWith: 'ETA' } }, 'b'],
    [{ key: 'gamma é' }, ''],
    [{ key: 'gamma É' }, 'c'],
    [{ other: 'beta' }, ''],
  ])('is compared alike in %j', async (where, ids) => {
    const found = await driver.find('thing', { where });
    expect(
      found
        .map(({ id }) => id)
        .sort()
        .join(''),
    ).toBe(ids);
  });

  it('orders records and pages alike', async () => {
    const orderBy = [{ field: 'key', order: 'asc' as const }];
    expect((await driver.find('thing', { orderBy })).map(({ id }) => id)).toEqual(['n', 'a', 'b', 'c']);
    const rest = await driver.find('thing', { orderBy, cursor: { key: 'ALPHA', id: 'a' } });
    expect(rest.map(({ id }) => id)).toEqual(['b', 'c']);
  });

  it('is found by its key in an upsert', async () => {
    const { id } = await driver.upsert('thing', { key: 'BETA', other: 'found' }, ['key']);
    expect(id).toBe('b');
    await driver.update('thing', 'b', { other: 'BETA' });
  });

  it('uses its unique index', async () => {
    const { steps } = await driver.explain('thing', { where: { key: 'ALPHA' } });
    expect(steps.join()).toContain('_os_ix_');
  });

  it('is grouped alike, under one of its values', async () => {
    expect(await driver.find('thing', { groupBy: ['key'], having: { key: 'ALPHA' } })).toEqual([
      { key: 'Alpha' },
    ]);
    expect(await driver.find('thing', { fields: ['key'], distinct: true })).toHaveLength(4);
  });
});

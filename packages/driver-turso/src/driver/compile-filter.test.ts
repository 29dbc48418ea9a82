import type { IDataDriver } from '@objectstack/spec/contracts';
import { FILTER_OPERATORS, type Filter } from '@objectstack/spec/data';
import { LIMITS } from '@objectstack/spec/shared';
import { type Random, randomFrom, sampleOf } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { freshDatabase, object } from '../../test/database.js';
import { matches, type Row } from '../../test/filter-model.js';

const FIELDS = {
  title: { type: 'text' },
  other: { type: 'text' },
  amount: { type: 'number' },
  limit: { type: 'number' },
  open: { type: 'boolean' },
  day: { type: 'date' },
  moment: { type: 'datetime' },
  hour: { type: 'time' },
  notes: { type: 'json' },
  total: { type: 'formula' },
};
const TEXTS = ['', 'a', 'A', 'ab', 'b%', '_', '%', "o'x", '*', '[a]', 'ä', '😀', 'ab😀'];
const VALUES: Record<string, readonly (string | number | boolean)[]> = {
  title: TEXTS,
  other: TEXTS,
  amount: [-1.5, 0, 1, 2, 2 ** 53, 1e308],
  limit: [-1.5, 0, 1, 2, 3],
  open: [true, false],
  day: ['2024-02-29', '2025-01-01', '2025-12-31'],
  moment: ['2024-02-29T00:00:00.000Z', '2025-01-01T12:30:00.001Z'],
  hour: ['00:00:00', '12:30:15', '23:59:59'],
};
const COMPARABLE = Object.keys(VALUES);
const TEXT_OPERATORS = ['$contains', '$notContains', '$startsWith', '$endsWith'];
const EQUALITY = ['$eq', '$ne', '$in', '$nin', '$null', '$exists'];
const PARTNERS: Record<string, string> = { title: 'other', amount: 'limit' };

function operatorsOf(field: string): readonly string[] {
  if (field === 'open') return EQUALITY;
  const isText = field === 'title' || field === 'other';
  return FILTER_OPERATORS.filter((operator) => isText || !TEXT_OPERATORS.includes(operator));
}

function operand(random: Random, field: string, operator: string): unknown {
  const value = () => random.pick(VALUES[field] ?? []);
  if (operator === '$null' || operator === '$exists') return random.chance(0.5);
  if (operator === '$between') return [value(), value()];
  if (operator === '$in' || operator === '$nin')
    return Array.from({ length: random.below(4) }, () => (random.chance(0.2) ? null : value()));
  if (TEXT_OPERATORS.includes(operator)) return value();
  if ((operator === '$eq' || operator === '$ne') && random.chance(0.2)) return null;
  const partner = PARTNERS[field];
  return partner && random.chance(0.2) ? { $field: partner } : value();
}

function randomFilter(random: Random, depth = 0): Record<string, unknown> {
  if (depth < 3 && random.chance(0.4)) {
    const parts = () => Array.from({ length: random.below(4) }, () => randomFilter(random, depth + 1));
    return random.pick([{ $and: parts() }, { $or: parts() }, { $not: randomFilter(random, depth + 1) }]);
  }
  const field = random.pick(COMPARABLE);
  if (random.chance(0.2)) return { [field]: random.chance(0.3) ? null : random.pick(VALUES[field] ?? []) };
  const operators = [random.pick(operatorsOf(field)), random.pick(operatorsOf(field))];
  return { [field]: Object.fromEntries(operators.map((name) => [name, operand(random, field, name)])) };
}

function randomRow(random: Random): Row {
  const value = (name: string) => (random.chance(0.3) ? null : random.pick(VALUES[name] ?? []));
  return Object.fromEntries(COMPARABLE.map((name) => [name, value(name)]));
}

async function idsThatMatch(driver: IDataDriver, where: Filter): Promise<unknown[]> {
  return (await driver.find('thing', { where, fields: ['id'] })).map(({ id }) => id);
}

async function filled(seed = 1) {
  const random = randomFrom(seed);
  const database = await freshDatabase([object('thing', FIELDS)]);
  const rows = Array.from(
    { length: 60 },
    (_, index): Row => ({
      id: `r${String(index).padStart(3, '0')}`,
      ...randomRow(random),
    }),
  );
  await database.driver.bulkCreate('thing', rows);
  return { ...database, random, rows };
}

describe('compileFilter', () => {
  it.each(sampleOf([11, 12, 13], 3))('finds what a plain model of filters finds (seed %i)', async (seed) => {
    const { driver, random, rows } = await filled(seed);
    for (let round = 0; round < 200; round++) {
      const where = randomFilter(random) as Filter;
      const expected = rows.filter((row) => matches(row, where)).map(({ id }) => id);
      expect(await idsThatMatch(driver, where), JSON.stringify(where)).toEqual(expected);
      expect(await driver.count('thing', { where })).toBe(expected.length);
    }
  });

  it.each(COMPARABLE)('takes every operator that goes with %s', async (field) => {
    const { driver, random, rows } = await filled();
    for (const operator of operatorsOf(field)) {
      const where = { [field]: { [operator]: operand(random, field, operator) } } as Filter;
      const expected = rows.filter((row) => matches(row, where)).map(({ id }) => id);
      expect(await idsThatMatch(driver, where), JSON.stringify(where)).toEqual(expected);
    }
  });

  it.each([
    [{ $and: [] }, 60],
    [{ $or: [] }, 0],
    [{ $not: {} }, 0],
    [{}, 60],
    [{ notes: null }, 60],
    [{ notes: { $ne: null } }, 0],
    [{ notes: { $exists: false } }, 60],
  ])('takes %j', async (where, count) => {
    const { driver } = await filled();
    expect(await driver.count('thing', { where })).toBe(count);
  });

  it.each([
    [{ unknown: 1 }, '/where/unknown'],
    [{ constructor: 1 }, '/where/constructor'],
    [{ $nor: [] }, '/where/$nor'],
    [{ title: {} }, '/where/title'],
    [{ title: { $like: 'a' } }, '/where/title/$like'],
    [{ title: { constructor: 'a' } }, '/where/title/constructor'],
    [{ title: undefined }, '/where/title'],
    [{ title: { $eq: undefined } }, '/where/title/$eq'],
    [{ title: { $eq: { a: 1 } } }, '/where/title/$eq'],
    [{ title: { $eq: { $field: 'amount' } } }, '/where/title/$eq'],
    [{ title: { $eq: { $field: 'nothing' } } }, '/where/title/$eq'],
    [{ title: ['a'] }, '/where/title'],
    [{ title: 1 }, '/where/title'],
    [{ day: '2026-01-01T00:00:00Z' }, '/where/day'],
    [{ day: new Date(0) }, '/where/day'],
    [{ day: { $in: ['2026-01-01', '2026-01-01T00:00:00Z'] } }, '/where/day/$in'],
    [{ moment: '2026-01-01' }, '/where/moment'],
    [{ title: { $gt: null } }, '/where/title/$gt'],
    [{ title: 'a\0b' }, '/where/title'],
    [{ title: { $null: 'yes' } }, '/where/title/$null'],
    [{ title: { $in: 'a' } }, '/where/title/$in'],
    // biome-ignore lint/suspicious/noSparseArray: a list with a hole is a mistake that happens
    [{ title: { $in: ['a', , 'b'] } }, '/where/title/$in'],
    [{ title: { $contains: 'a\0b' } }, '/where/title/$contains'],
    [{ title: { $endsWith: '\ude00' } }, '/where/title/$endsWith'],
    [{ title: new Map() }, '/where/title'],
    [{ amount: { $between: [1] } }, '/where/amount/$between'],
    [{ amount: { $between: [1, null] } }, '/where/amount/$between'],
    [{ amount: { $contains: '1' } }, '/where/amount/$contains'],
    [{ amount: Number.NaN }, '/where/amount'],
    [{ open: { $gt: true } }, '/where/open/$gt'],
    [{ day: '2025-02-30' }, '/where/day'],
    [{ notes: 'a' }, '/where/notes'],
    [{ total: null }, '/where/total'],
    [{ $and: {} }, '/where/$and'],
    [{ $or: [null] }, '/where/$or/0'],
    [{ $not: [] }, '/where/$not'],
    [null, '/where'],
    ['1 = 1', '/where'],
    [new Map([['title', 'a']]), '/where'],
    [Promise.resolve({ title: 'a' }), '/where'],
    [{ $and: [new Set(['a'])] }, '/where/$and/0'],
  ])('refuses %j at its path', async (where, path) => {
    const { driver } = await filled();
    const query = { where } as never;
    for (const call of [() => driver.find('thing', query), () => driver.count('thing', query)])
      await expect(call()).rejects.toMatchObject({ code: 'invalid_filter', details: { path } });
  });

  it('is not fooled by a name that parsing leaves out', async () => {
    const { driver } = await filled();
    const filter = JSON.parse('{"__proto__":{"$eq":1}}');
    await expect(
      driver.find('thing', { aggregations: [{ function: 'count', alias: 'n', filter }] }),
    ).rejects.toMatchObject({
      code: 'invalid_filter',
      details: { path: '/aggregations/0/filter/__proto__' },
    });
    await driver.find('thing', { where: {} });
    await expect(driver.find('thing', { where: new Map() as never })).rejects.toMatchObject({
      code: 'invalid_filter',
    });
  });

  it('refuses a filter that is too deep', async () => {
    const { driver } = await filled();
    let where: Filter = { title: 'a' };
    for (let depth = 0; depth < 100; depth++) where = { $not: where };
    await expect(driver.find('thing', { where })).rejects.toMatchObject({ code: 'invalid_filter' });
  });

  it('takes a filter of as many levels as are allowed', async () => {
    const { driver } = await filled();
    let where: Filter = { title: { $ne: null } };
    for (let depth = 0; depth < 10; depth++) where = { $or: [{ $not: where }, { amount: 99 }] };
    expect(await driver.count('thing', { where })).toBe(
      await driver.count('thing', { where: { title: { $ne: null } } }),
    );
  });

  it.each(['$or', '$and'])('takes 900 conditions under %s', async (key) => {
    const { driver } = await filled();
    const where: Filter = { [key]: Array.from({ length: 900 }, () => ({ title: { $ne: 'zzz' } })) };
    expect(await driver.count('thing', { where })).toBe(60);
  });

  it('finds every number of a list, to its last digit', async () => {
    const { driver, random } = await filled();
    await driver.deleteMany('thing', { where: {} });
    const numbers = Array.from({ length: 500 }, (_, index) => {
      const fraction = random.below(2 ** 31) / 3;
      return fraction * 10 ** ((index % 40) - 20);
    });
    await driver.bulkCreate(
      'thing',
      numbers.map((amount) => ({ amount })),
    );
    const where: Filter = { amount: { $in: [...numbers, 7] } };
    expect(await driver.count('thing', { where })).toBe(500);
    expect(await driver.count('thing', { where: { $not: where } })).toBe(0);
  });

  it('takes as many values in a list as are allowed', async () => {
    const { driver, rows } = await filled();
    const values = Array.from({ length: LIMITS.maxFilterListItems - 1 }, (_, index) => `nothing ${index}`);
    const where: Filter = { title: { $in: [...values, 'ab'] } };
    expect(await idsThatMatch(driver, where)).toEqual(
      rows.filter(({ title }) => title === 'ab').map(({ id }) => id),
    );
  });
});

import assert from 'node:assert/strict';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { Filter, QueryInput } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { type DriverCheck, type DriverChecks, ifCapable } from './driver-trial.js';
import { filled, idsOf } from './sample-accounts.js';

/** Conditions by operator, each with the digits of the matching ids. */
const CONDITIONS: Readonly<Record<string, readonly (readonly [Filter, string])[]>> = {
  $eq: [
    [{ name: 'Acme' }, '1'],
    [{ name: { $eq: 'acme' } }, '2'],
    [{ budget: 9 }, '2'],
    [{ active: false }, '2'],
    [{ code: null }, '4'],
    [{ code: '' }, '5'],
    [{ opened_on: { $eq: '2026-01-01' } }, '1'],
    [{ seen_at: '2026-01-01T11:00:00+01:00' }, '3'],
    [{ tags: { $eq: null } }, '1235'],
  ],
  $ne: [
    [{ code: { $ne: 'x' } }, '2345'],
    [{ active: { $ne: true } }, '2345'],
    [{ code: { $ne: null } }, '1235'],
  ],
  $gt: [
    [{ budget: { $gt: 9 } }, '1'],
    [{ name: { $gt: 'Bolt%' } }, '245'],
  ],
  $gte: [
    [{ budget: { $gte: 9 } }, '12'],
    [{ opened_on: { $gte: '2026-01-01' } }, '12'],
  ],
  $lt: [
    [{ budget: { $lt: 9 } }, '3'],
    [{ name: { $lt: 'B' } }, '1'],
  ],
  $lte: [
    [{ budget: { $lte: 9 } }, '23'],
    [{ calls_at: { $lte: '09:30:00' } }, '4'],
  ],
  $in: [
    [{ name: { $in: ['Acme', "O'Hara", 'no_such_id'] } }, '14'],
    [{ budget: { $in: [0.5, 10] } }, '13'],
    [{ code: { $in: ['x', null] } }, '14'],
    [{ code: { $in: [] } }, ''],
  ],
  $nin: [
    [{ name: { $nin: ['Acme', "O'Hara"] } }, '235'],
    [{ code: { $nin: ['x'] } }, '2345'],
    [{ code: { $nin: ['x', null] } }, '235'],
    [{ code: { $nin: [] } }, '12345'],
  ],
  $between: [
    [{ budget: { $between: [0.5, 9] } }, '23'],
    [{ budget: { $between: [9, 0.5] } }, ''],
    [{ opened_on: { $between: ['2025-12-31', '2026-01-01'] } }, '15'],
  ],
  $contains: [
    [{ name: { $contains: 'c' } }, '12'],
    [{ name: { $contains: 'A' } }, '1'],
    [{ name: { $contains: '%' } }, '3'],
    [{ code: { $contains: '_' } }, '3'],
    [{ code: { $contains: '' } }, '1235'],
    [{ tags: { $contains: 't' } }, '4'],
    [{ tags: { $contains: 'T' } }, ''],
    [{ $not: { tags: { $contains: 't' } } }, '1235'],
  ],
  $notContains: [
    [{ name: { $notContains: 'cme' } }, '345'],
    [{ code: { $notContains: 'x' } }, '2345'],
    [{ tags: { $notContains: 't' } }, '1235'],
    [{ tags: { $notContains: 'other' } }, '12345'],
  ],
  $startsWith: [
    [{ name: { $startsWith: 'A' } }, '1'],
    [{ name: { $startsWith: 'Él' } }, '5'],
    [{ code: { $startsWith: '' } }, '1235'],
  ],
  $endsWith: [
    [{ name: { $endsWith: 'me' } }, '12'],
    [{ name: { $endsWith: '😀' } }, '5'],
    [{ code: { $endsWith: '' } }, '1235'],
  ],
  $null: [
    [{ active: { $null: true } }, '345'],
    [{ tags: { $null: false } }, '4'],
  ],
  $exists: [
    [{ active: { $exists: true } }, '12'],
    [{ extra: { $exists: true } }, ''],
    [{ tags: { $exists: false } }, '1235'],
  ],
};

const LOGIC: readonly (readonly [Filter, string])[] = [
  [{}, '12345'],
  [{ $and: [] }, '12345'],
  [{ $or: [] }, ''],
  [{ $not: {} }, ''],
  [{ $not: { $or: [] } }, '12345'],
  [{ name: 'Acme', budget: 9 }, ''],
  [{ budget: { $gt: 0, $lt: 10 } }, '23'],
  [{ $or: [{ name: 'Acme' }, { budget: 9 }] }, '12'],
  [{ $or: [{ name: 'Acme' }], budget: 9 }, ''],
  [{ $not: { code: 'x' } }, '2345'],
  [{ $not: { budget: { $gt: 1 } } }, '345'],
  [{ $and: [{ $or: [{ active: true }, { active: false }] }, { $not: { name: 'acme' } }] }, '1'],
];

/** Invalid filters, each with the path of the error. */
const MISTAKES: readonly (readonly [unknown, string])[] = [
  [{ nothing: 1 }, '/where/nothing'],
  [{ Name: 'Acme' }, '/where/Name'],
  [{ constructor: 1 }, '/where/constructor'],
  [{ name: undefined }, '/where/name'],
  [{ name: {} }, '/where/name'],
  [{ name: { $eq: undefined } }, '/where/name/$eq'],
  [{ name: { $like: 'a' } }, '/where/name/$like'],
  [{ name: { eq: 'a' } }, '/where/name/eq'],
  [{ name: 1 }, '/where/name'],
  [{ name: ['Acme'] }, '/where/name'],
  [{ budget: '9' }, '/where/budget'],
  [{ budget: { $gt: null } }, '/where/budget/$gt'],
  [{ budget: { $contains: '9' } }, '/where/budget/$contains'],
  [{ active: { $gt: false } }, '/where/active/$gt'],
  [{ tags: ['t'] }, '/where/tags'],
  [{ tags: { $contains: 1 } }, '/where/tags/$contains'],
  [{ extra: { $contains: 'x' } }, '/where/extra/$contains'],
  [{ label: 'x' }, '/where/label'],
  [{ name: { $in: 'Acme' } }, '/where/name/$in'],
  [{ name: { $in: [1] } }, '/where/name/$in'],
  [{ name: { $contains: 'a\0b' } }, '/where/name/$contains'],
  [{ name: { $startsWith: 'half \ud83d' } }, '/where/name/$startsWith'],
  [new Map([['name', 'Acme']]), '/where'],
  [Promise.resolve({ name: 'Acme' }), '/where'],
  [{ budget: { $between: [1] } }, '/where/budget/$between'],
  [{ name: { $null: 'yes' } }, '/where/name/$null'],
  [{ $or: { name: 'Acme' } }, '/where/$or'],
  [{ $and: [{ $or: [{ name: 'Acme' }, { nothing: 1 }] }] }, '/where/$and/0/$or/1/nothing'],
  [{ $not: [{ name: 'Acme' }] }, '/where/$not'],
  [{ $nor: [] }, '/where/$nor'],
  [{ name: { $eq: { $field: 'nothing' } } }, '/where/name/$eq'],
  [{ name: { $eq: { $field: 'budget' } } }, '/where/name/$eq'],
  ['name = 1', '/where'],
  [[], '/where'],
  [null, '/where'],
];

async function assertFinds(
  driver: IDataDriver,
  conditions: readonly (readonly [Filter, string])[],
): Promise<void> {
  for (const [where, ids] of conditions)
    assert.equal(idsOf(await driver.find('account', { where })), ids, JSON.stringify(where));
}

const operatorChecks = Object.fromEntries(
  Object.entries(CONDITIONS).map(([operator, conditions]): [string, DriverCheck] => [
    operator.slice(1),
    ifCapable(
      'queryFilters',
      `${operator} finds exactly the matching records, also without a value and with different case`,
      async (trial) => assertFinds(await filled(trial), conditions),
    ),
  ]),
);

export const filterChecks: DriverChecks = {
  ...operatorChecks,
  logic: ifCapable(
    'queryFilters',
    '$and, $or and $not can be combined, also with empty lists',
    async (trial) => assertFinds(await filled(trial), LOGIC),
  ),
  'field-to-field': ifCapable(
    'queryFilters',
    'compares a field with another field of the record',
    async (trial) =>
      assertFinds(await filled(trial), [
        [{ budget: { $eq: { $field: 'limit_amount' } } }, '15'],
        [{ budget: { $lt: { $field: 'limit_amount' } } }, '2'],
        [{ budget: { $ne: { $field: 'limit_amount' } } }, '234'],
      ]),
  ),
  'folded-case': ifCapable(
    'queryFilters',
    'compares a unique field with caseSensitive: false without regard to the case of A to Z, in filters, sort order and keys',
    async ({ driver }) => {
      const nicks = ['Ada', 'bob', 'Cleo É'];
      for (const [index, nick] of nicks.entries())
        await driver.create('account', { id: `a${index + 1}`, name: 'Acme', nick });
      await assertFinds(driver, [
        [{ nick: 'ADA' }, '1'],
        [{ nick: { $ne: 'ADA' } }, '23'],
        [{ nick: { $in: ['ADA', 'BOB'] } }, '12'],
        [{ nick: { $gt: 'BOB' } }, '3'],
        [{ nick: { $contains: 'LEO' } }, '3'],
        [{ nick: 'cleo é' }, ''],
      ]);
      const ordered = await driver.find('account', { orderBy: [{ field: 'nick', order: 'desc' }] });
      assert.equal(idsOf(ordered), '321');
      const { id } = await driver.upsert('account', { nick: 'BOB', name: 'Bolt' }, ['nick']);
      assert.equal(id, 'a2');
    },
  ),
  'long-list': ifCapable('queryFilters', '$in accepts thousands of values', async (trial) => {
    const driver = await filled(trial);
    const names = Array.from({ length: 5_000 }, (_, index) => `name ${index}`);
    assert.equal(idsOf(await driver.find('account', { where: { name: { $in: [...names, 'Acme'] } } })), '1');
  }),
  'refuses-mistakes': ifCapable(
    'queryFilters',
    'an invalid filter is rejected with invalid_filter and its path, and never ignored',
    async (trial) => {
      const driver = await filled(trial);
      for (const [where, path] of MISTAKES) {
        const error = await refused(driver.find('account', { where } as QueryInput), 'invalid_filter');
        assert.equal(error.details.path, path, JSON.stringify(where));
      }
    },
  ),
  'same-everywhere': ifCapable(
    'queryFilters',
    'findOne, count and find return matching results for a filter',
    async (trial) => {
      const driver = await filled(trial);
      for (const [where, ids] of LOGIC) {
        assert.equal(await driver.count('account', { where }), ids.length);
        assert.equal((await driver.findOne('account', { where }))?.id.slice(1), ids[0]);
      }
    },
  ),
};

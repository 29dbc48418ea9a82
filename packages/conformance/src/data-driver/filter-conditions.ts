import type { Filter } from '@objectstack/spec/data';

/** Conditions by operator, each with the digits of the matching ids. */
export const CONDITIONS: Readonly<Record<string, readonly (readonly [Filter, string])[]>> = {
  $eq: [
    [{ name: 'Acme' }, '1'],
    [{ name: { $eq: 'acme' } }, '2'],
    [{ budget: 9 }, '2'],
    [{ active: false }, '2'],
    [{ code: null }, '4'],
    [{ code: '' }, '5'],
    [{ opened_on: { $eq: '2026-01-01' } }, '1'],
    [{ seen_at: '2026-01-01T11:00:00+01:00' }, '3'],
  ],
  $ne: [
    [{ code: { $ne: 'x' } }, '2345'],
    [{ active: { $ne: true } }, '2345'],
    [{ code: { $ne: null } }, '1235'],
  ],
  $gt: [[{ budget: { $gt: 9 } }, '1']],
  $gte: [
    [{ budget: { $gte: 9 } }, '12'],
    [{ opened_on: { $gte: '2026-01-01' } }, '12'],
  ],
  $lt: [[{ budget: { $lt: 9 } }, '3']],
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
  ],
  $notContains: [
    [{ name: { $notContains: 'cme' } }, '345'],
    [{ code: { $notContains: 'x' } }, '2345'],
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
  $null: [[{ active: { $null: true } }, '345']],
  $exists: [[{ active: { $exists: true } }, '12']],
};

export const LIST_CONDITIONS: readonly (readonly [Filter, string])[] = [
  [{ tags: { $eq: null } }, '1235'],
  [{ tags: { $contains: 't' } }, '4'],
  [{ tags: { $contains: 'T' } }, ''],
  [{ $not: { tags: { $contains: 't' } } }, '1235'],
  [{ tags: { $notContains: 't' } }, '1235'],
  [{ tags: { $notContains: 'other' } }, '12345'],
  [{ tags: { $null: false } }, '4'],
  [{ tags: { $exists: false } }, '1235'],
];

export const LOGIC: readonly (readonly [Filter, string])[] = [
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

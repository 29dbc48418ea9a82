import { describe, expect, it } from 'vitest';
import { assertConstraints, type Surroundings, uniqueKeysOf } from './assert-constraints.js';
import { objectModel, type StoredRow } from './object-model.js';

const ACCOUNT = objectModel({
  name: 'account',
  fields: {
    code: { type: 'text', unique: true },
    nick: { type: 'text', unique: true, caseSensitive: false },
    room: { type: 'text' },
    day: { type: 'date' },
    must: { type: 'text', storage: { notNull: true } },
    parent: { type: 'tree' },
  },
  indexes: [
    { fields: ['room', 'day'], unique: true },
    { fields: ['room'], unique: true, partial: "day = 'x'" },
    { fields: ['day'] },
  ],
});
const STORED: StoredRow = { id: 'a1', code: 'C1', nick: 'Ace', room: 'r1', day: '2026-01-01', must: 'x' };
const around: Surroundings = { others: [STORED], exists: (_, id) => id === 'a1' };
const check = (row: StoredRow, surroundings = around) =>
  assertConstraints(ACCOUNT, { id: 'a2', must: 'x', ...row }, surroundings);
const rejected = (code: string, details: object) =>
  expect.objectContaining({ code, details: { object: 'account', ...details } });

describe('uniqueKeysOf', () => {
  it('lists the id, unique fields, and unique indexes without a condition', () => {
    expect(uniqueKeysOf(ACCOUNT)).toEqual([['id'], ['code'], ['nick'], ['room', 'day']]);
    expect(uniqueKeysOf(objectModel({ name: 'note', fields: {} }))).toEqual([['id']]);
  });
});

describe('assertConstraints', () => {
  it.each<[string, StoredRow, string[]]>([
    ['an id that is taken', { id: 'a1' }, ['id']],
    ['the same value of a unique field', { code: 'C1' }, ['code']],
    ['a value that differs in case only, where case is ignored', { nick: 'aCE' }, ['nick']],
    ['the same values of a unique index', { room: 'r1', day: '2026-01-01' }, ['room', 'day']],
  ])('rejects %s', (_, row, fields) => {
    expect(() => check(row)).toThrow(rejected('unique_violation', { fields }));
  });

  it.each<[string, StoredRow]>([
    ['missing values', { code: null, room: null, day: '2026-01-01' }],
    ['another case, where case is respected', { code: 'c1' }],
    ['a part of the values of a unique index', { room: 'r1', day: '2026-01-02' }],
    ['a lookup to an existing record', { parent: 'a1' }],
    ['a lookup to the record itself', { parent: 'a2' }],
  ])('accepts %s', (_, row) => {
    expect(check(row)).toBeUndefined();
  });

  it('rejects a missing value where the column has none', () => {
    expect(() => check({ must: null })).toThrow(rejected('not_null_violation', { fields: ['must'] }));
  });

  it('rejects a lookup to a missing record, unless its object is not deployed', () => {
    expect(() => check({ parent: 'none' })).toThrow(rejected('foreign_key_violation', { field: 'parent' }));
    expect(check({ parent: 'none' }, { others: [], exists: () => true })).toBeUndefined();
  });
});

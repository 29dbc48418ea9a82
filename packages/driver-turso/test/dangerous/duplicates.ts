import { field, lookup, notNull, number, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { Obstacle } from './obstacle.js';

const unique = { unique: true };
const rule = (fields: readonly string[], rest: object = {}) => ({
  validations: [{ type: 'unique', name: 'rule', message: 'no', fields, ...rest }],
});
const index = (fields: readonly string[], rest: object = {}) => ({
  indexes: [{ fields, unique: true, ...rest }],
});
const fields = { a: text, b: text };
const pairs = (...records: [unknown, unknown][]) => ({ thing: records.map(([a, b]) => ({ a, b })) });

const SHARED: readonly Pick<Obstacle, 'what' | 'before' | 'after' | 'records' | 'rows'>[] = [
  {
    what: 'a field becomes unique',
    ...field(text, { ...text, ...unique }, ['x', 'x', 'y', null, null]),
    rows: 2,
  },
  {
    what: 'a field becomes unique ignoring case',
    ...field(text, { ...text, ...unique, caseSensitive: false }, ['Ann', 'ANN', 'ann', 'Bob']),
    rows: 3,
  },
  {
    what: 'a unique field becomes case-insensitive',
    ...field({ ...text, ...unique }, { ...text, ...unique, caseSensitive: false }, ['x', 'X']),
    rows: 2,
  },
  {
    what: 'numbers that are equal and look different become unique',
    ...field(number, { ...number, unique: 'global' }, [0, -0, 1]),
    rows: 2,
  },
  {
    what: 'texts become numbers that are unique',
    ...field(text, { ...number, ...unique }, ['1', '1.0', '2']),
    rows: 2,
  },
  {
    what: 'dates become texts, and two of them were the same',
    ...field({ type: 'date' }, { ...text, ...unique }, ['2026-01-31', '2026-01-31']),
    rows: 2,
  },
  {
    what: 'two fields together become unique by an index',
    before: thing(fields),
    after: thing(fields, index(['a', 'b'])),
    records: pairs(['x', 'y'], ['x', 'y'], ['x', 'z'], ['x', null], ['x', null]),
    rows: 2,
  },
  {
    what: 'two fields together become unique by a rule, ignoring case',
    before: thing(fields),
    after: thing(fields, rule(['a', 'b'], { caseSensitive: false })),
    records: pairs(['x', 'Y'], ['X', 'y'], ['x', 'z']),
    rows: 2,
  },
  {
    what: 'an inactive rule becomes active',
    before: thing(fields, rule(['a'], { active: false })),
    after: thing(fields, rule(['a'], { active: true })),
    records: pairs(['x', 'y'], ['x', 'z']),
    rows: 2,
  },
  {
    what: 'a field becomes unique among some records',
    before: thing(fields),
    after: thing(fields, index(['a'], { partial: "b = 'open'" })),
    records: pairs(['x', 'open'], ['x', 'open'], ['x', 'shut'], ['x', 'shut'], ['y', 'open']),
    rows: 2,
  },
  {
    what: 'a field that was unique among some records becomes so among all',
    before: thing(fields, index(['a'], { partial: "b = 'open'" })),
    after: thing(fields, index(['a'])),
    records: pairs(['x', 'open'], ['x', 'shut'], ['y', 'shut']),
    rows: 2,
  },
  {
    what: 'a unique index loses one of its fields',
    before: thing(fields, index(['a', 'b'])),
    after: thing(fields, index(['a'])),
    records: pairs(['x', 'y'], ['x', 'z']),
    rows: 2,
  },
  {
    what: 'all records would get the same default of a unique field',
    before: thing({ a: text }),
    after: thing({ a: text, b: { ...text, ...notNull, ...unique, defaultValue: 'd' } }),
    records: { thing: [{ a: 'x' }, { a: 'y' }] },
    rows: 2,
  },
  {
    what: 'a unique field swaps its name with one that has duplicates',
    before: thing({ a: { ...text, ...unique }, b: text }),
    after: thing({ a: { ...text, ...unique, ...was('b') }, b: { ...text, ...was('a') } }),
    records: pairs(['x', 'same'], ['y', 'same']),
    rows: 2,
  },
  {
    what: 'lookups become unique, so that a parent may have only one child',
    before: [object('account', { name: text }), ...thing({ a: lookup('account') })],
    after: [object('account', { name: text }), ...thing({ a: lookup('account', unique) })],
    records: { account: [{ id: 'p' }], thing: [{ a: 'p' }, { a: 'p' }, {}] },
    rows: 2,
  },
  {
    what: 'a unique field of an object that is renamed',
    before: thing({ a: text }),
    after: [object('item', { b: { ...text, ...unique, ...was('a') } }, was('thing'))],
    records: { thing: [{ a: 'x' }, { a: 'x' }] },
    rows: 2,
  },
];

export const DUPLICATES = SHARED.map((shared): Obstacle => {
  const place = shared.after.at(-1)?.name;
  const facts = { code: 'DD202', error: 'unique_violation' } as const;
  return { ...shared, ...facts, change: `add_index:${place}._os_ix_`, check: `duplicates:_os_ix_${place}` };
});

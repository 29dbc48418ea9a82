import { choice, field, lookup, notNull, number, strict, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { Obstacle } from './obstacle.js';

const one = { thing: [{ id: 't0', a: 'x' }] };
const added = (after: Record<string, unknown>) => ({
  before: thing({ a: text }),
  after: thing({ a: text, b: after }),
  records: one,
  change: 'add_field:thing.b',
  check: 'empty:thing.b',
});

const EMPTY: readonly Omit<Obstacle, 'error'>[] = [
  {
    what: 'a field with empty values must hold one from now on',
    ...field(text, strict, ['x', null, null]),
    code: 'DD201',
    change: 'change_field:thing.a',
    check: 'empty:thing.a',
    rows: 2,
  },
  { what: 'a new field must hold a value and has no default', ...added(strict), code: 'DD201', rows: 1 },
  {
    what: 'the default of a new field differs from record to record',
    ...added({ type: 'datetime', ...notNull, defaultValue: 'NOW()' }),
    code: 'DD201',
    rows: 1,
  },
  {
    what: 'a new lookup must hold a value',
    ...added(lookup('thing', notNull)),
    code: 'DD201',
    rows: 1,
  },
  {
    what: 'a formula becomes a field that must hold a value',
    ...field({ type: 'formula' }, { ...number, ...notNull }, [undefined]),
    code: 'DD201',
    change: 'change_field:thing.a',
    check: 'empty:thing.a',
    rows: 1,
  },
  {
    what: 'a field that is renamed must hold a value',
    before: thing({ a: text }),
    after: thing({ b: { ...strict, ...was('a') } }),
    records: { thing: [{ a: null }] },
    code: 'DD201',
    change: 'rename_field:thing.b',
    check: 'empty:thing.b',
    rows: 1,
  },
  {
    what: 'a field swaps its name with one that must hold a value, and the rule stays with the name',
    before: thing({ a: strict, b: text }),
    after: thing({ a: { ...strict, ...was('b') }, b: { ...text, ...was('a') } }),
    records: { thing: [{ a: 'x', b: 'y' }, { a: 'z' }] },
    code: 'DD201',
    change: 'rename_field:thing.a',
    check: 'empty:thing.a',
    rows: 1,
  },
  {
    what: 'a field must hold a value in an object that is renamed',
    before: thing({ a: choice('select', 'x') }),
    after: [object('item', { a: { ...choice('select', 'x'), ...notNull } }, was('thing'))],
    records: { thing: [{ a: 'x' }, {}] },
    code: 'DD201',
    change: 'change_field:item.a',
    check: 'empty:item.a',
    rows: 1,
  },
  {
    what: 'an empty list becomes a text that must not be empty',
    ...field({ type: 'tags' }, strict, [['x'], []]),
    code: 'DS103',
    change: 'change_field:thing.a',
    check: 'empty:thing.a',
    rows: 1,
  },
  {
    what: 'empty numbers become texts that must not be empty',
    ...field(number, strict, [1, null]),
    code: 'DD201',
    change: 'change_field:thing.a',
    check: 'empty:thing.a',
    rows: 1,
  },
];

export const EMPTY_VALUES = EMPTY.map((obstacle): Obstacle => ({ ...obstacle, error: 'not_null_violation' }));

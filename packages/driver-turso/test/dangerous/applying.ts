import { number, strict, text, thing } from '../change-case.js';
import { object } from '../database.js';
import type { Mishap } from './mishap.js';

const before = thing({ a: text, b: text });
const records = {
  thing: [
    { id: 't1', a: 'x', b: 'y' },
    { id: 't2', a: 'z' },
  ],
};
const more = thing({ a: text, b: text, c: text });
const unique = thing({ a: { ...text, unique: true }, b: text });
const item = object('item', { a: text });
const base = { before, records };
const stale = { ...base, error: 'plan_stale' } as const;
const meanwhile = (what: string, sql: string): Mishap => ({ ...stale, what, after: more, meanwhile: [sql] });

export const OUTDATED: readonly Mishap[] = [
  meanwhile('a column is added in the meantime', 'ALTER TABLE thing ADD COLUMN theirs TEXT'),
  meanwhile('a column is dropped in the meantime', 'ALTER TABLE thing DROP COLUMN b'),
  meanwhile('a table is created in the meantime', 'CREATE TABLE log (n)'),
  meanwhile('a view is created in the meantime', 'CREATE VIEW seen AS SELECT a FROM thing'),
  meanwhile(
    'a trigger is created in the meantime',
    'CREATE TRIGGER watch AFTER INSERT ON thing BEGIN SELECT 1; END',
  ),
  meanwhile('an index is created in the meantime', 'CREATE INDEX theirs ON thing (a)'),
  meanwhile(
    'the system tables are written in the meantime',
    `UPDATE _os_object SET definition = json_set(definition, '$.label', 'L')`,
  ),
  { ...stale, what: 'another client deploys another object', after: more, deployed: [...before, item] },
  {
    ...stale,
    what: 'another client deploys a label',
    after: more,
    deployed: thing({ a: text, b: { ...text, label: 'B' } }),
  },
];

export const OVERTAKEN: readonly Mishap[] = [
  {
    ...base,
    what: 'an empty value is written after the check',
    after: thing({ a: strict, b: text }),
    written: [{ b: 'b' }],
    error: 'not_null_violation',
    details: { changeId: 'change_field:thing.a' },
  },
  {
    ...base,
    what: 'a duplicate is written after the check',
    after: unique,
    written: [{ a: 'x' }],
    error: 'unique_violation',
  },
  {
    ...base,
    what: 'a value that does not fit is written after the check',
    before: thing({ a: text }),
    records: { thing: [{ a: '1' }] },
    after: thing({ a: number }),
    written: [{ a: 'one' }],
    error: 'conversion_failed',
    details: { changeId: 'change_field:thing.a' },
  },
  {
    ...base,
    what: 'a table that was empty is filled',
    records: {},
    after: thing({ a: text, b: text, c: strict }),
    written: [{ a: 'x' }],
    error: 'not_null_violation',
  },
];

export const ALLOWANCES: readonly Mishap[] = [
  {
    ...base,
    what: 'another change is approved',
    after: [object('item', {}), ...thing({ a: text })],
    allow: ['add_object:item'],
    error: 'destructive_not_allowed',
    details: { changes: ['remove_field:thing.b'] },
  },
  {
    ...base,
    what: 'only one of two removals is approved',
    after: thing({ c: number }),
    allow: ['remove_field:thing.b'],
    error: 'destructive_not_allowed',
    details: { changes: ['remove_field:thing.a'] },
  },
  {
    ...base,
    what: 'an approval does not match a change',
    after: more,
    allow: ['remove_field:thing.c'],
    error: 'invalid_request',
    details: { allow: ['remove_field:thing.c'] },
  },
  {
    ...base,
    what: 'the code of a removal is approved instead of its id',
    after: thing({ a: text }),
    allow: ['DS102'],
    error: 'invalid_request',
    details: { allow: ['DS102'] },
  },
  {
    ...base,
    what: 'a removal is approved, and exceeding the lock budget is not',
    after: thing({ a: text }),
    allow: ['remove_field:thing.b'],
    lockBudgetMs: 0,
    error: 'exceeds_lock_budget',
  },
  {
    ...base,
    what: 'exceeding the lock budget is approved, and a removal is not',
    after: thing({ a: text }),
    allow: ['exceeds_lock_budget'],
    lockBudgetMs: 0,
    error: 'destructive_not_allowed',
  },
  {
    ...base,
    what: 'a table is rebuilt on a server with a small lock budget',
    after: thing({ a: strict, b: text }),
    lockBudgetMs: 0,
    error: 'exceeds_lock_budget',
    details: { tables: [{ table: 'thing', rows: 2 }] },
  },
  {
    ...base,
    what: 'an index is created on a server with a small lock budget',
    after: unique,
    lockBudgetMs: 0,
    error: 'exceeds_lock_budget',
  },
];

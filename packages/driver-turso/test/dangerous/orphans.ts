import { choice, field, lookup, notNull, number, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { Obstacle } from './obstacle.js';

const account = object('account', { name: text });
const client = object('client', { title: text });
const records = { account: [{ id: 'a1' }, { id: 'a2' }], client: [{ id: 'a2' }, { id: 'c1' }] };
const toAccount = [account, client, ...thing({ a: lookup('account') })];
const to = (after: Record<string, unknown>) => [account, client, ...thing({ a: after })];
const values = (...all: unknown[]) => ({
  ...records,
  thing: all.map((a, index) => ({ id: `t${index}`, a })),
});

const LOST: readonly Omit<Obstacle, 'error' | 'change' | 'check'>[] = [
  {
    what: 'texts become lookups, and some name nothing',
    before: to(text),
    after: to(lookup('account')),
    records: values('a1', 'nothing', null),
    code: 'DS104',
    rows: 1,
  },
  {
    what: 'a lookup points to another object',
    before: toAccount,
    after: to(lookup('client')),
    records: values('a1', 'a2', null),
    code: 'DS104',
    rows: 1,
  },
  {
    what: 'the object that a lookup names is added after its records',
    before: [account, ...thing({ a: lookup('client') })],
    after: to(lookup('client')),
    records: { thing: [{ a: 'c1' }, { a: null }] },
    code: 'DS104',
    rows: 1,
  },
  {
    what: 'users are objects from now on',
    before: thing({ a: { type: 'user' } }),
    after: [object('user', { mail: text }), ...thing({ a: { type: 'user' } })],
    records: { thing: [{ a: 'ann' }, {}] },
    code: 'DS104',
    rows: 1,
  },
  {
    what: 'texts become a tree of which some have no parent',
    ...field(text, { type: 'tree' }, ['t1', null, 'elsewhere']),
    code: 'DS104',
    rows: 1,
  },
  {
    what: 'choices become lookups',
    before: to(choice('select', 'a1', 'zz')),
    after: to(lookup('account')),
    records: values('a1', 'zz'),
    code: 'DS104',
    rows: 1,
  },
  {
    what: 'lists of lookups become one lookup each',
    before: to(lookup('account', { multiple: true })),
    after: to(lookup('account')),
    records: values(['a1'], ['gone'], []),
    code: 'DS103',
    rows: 1,
  },
  {
    what: 'numbers become lookups',
    before: to(number),
    after: to(lookup('account')),
    records: values(1, null),
    code: 'DS104',
    rows: 1,
  },
  {
    what: 'a lookup points elsewhere and may be empty from now on',
    before: to(lookup('account', notNull)),
    after: to(lookup('client')),
    records: values('a1', 'a2'),
    code: 'WI403',
    rows: 1,
  },
  {
    what: 'a lookup is renamed and points elsewhere',
    before: [account, client, ...thing({ b: lookup('account') })],
    after: to(lookup('client', was('b'))),
    records: { ...records, thing: [{ b: 'a1' }] },
    code: 'DS104',
    rows: 1,
  },
  {
    what: 'an object is removed, and the lookups to it find another of its name',
    before: toAccount,
    after: [object('account', { title: text }, was('client')), ...thing({ a: lookup('account') })],
    records: values('a1', 'a2'),
    code: 'DS104',
    rows: 1,
    allow: ['remove_object:account'],
  },
  {
    what: 'two objects swap their names, and a lookup stays with the name',
    before: toAccount,
    after: [
      object('account', { title: text }, was('client')),
      object('client', { name: text }, was('account')),
      ...thing({ a: lookup('account') }),
    ],
    records: values('a1', 'a2'),
    code: 'DS104',
    rows: 1,
  },
];

const fieldOf = ({ after }: Pick<Obstacle, 'after'>) => Object.entries(after.at(-1)?.fields ?? {})[0];

export const ORPHANS = LOST.map((lost): Obstacle => {
  const verb = fieldOf(lost)?.[1].renamedFrom ? 'rename' : 'change';
  return {
    ...lost,
    error: 'foreign_key_violation',
    change: `${verb}_field:thing.a`,
    check: 'orphans:thing.a',
  };
});

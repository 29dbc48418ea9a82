import { choice, field, lookup, number, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { Warning } from './warning.js';

const account = object('account', { name: text });
const related = { account: [{ id: 'p', name: 'P' }], thing: [{ id: 't', a: 'p' }] };
const child = (rest: object = {}) => [account, ...thing({ a: lookup('account', { ...rest }) })];
const x = { thing: [{ a: 'x' }] };

export const BROKEN_CODE: readonly Warning[] = [
  {
    what: 'an object has another name',
    before: thing({ a: text }),
    after: [object('item', { a: text }, was('thing'))],
    records: x,
    code: 'BC301',
    about: 'rename_object:item',
  },
  {
    what: 'a field has another name',
    before: thing({ a: text }),
    after: thing({ b: { ...text, ...was('a') } }),
    records: x,
    code: 'BC302',
    about: 'rename_field:thing.b',
  },
  {
    what: 'clients that read a number find a text',
    ...field(number, text, [1, 0.1, -1e21]),
    code: 'BC303',
    about: 'change_field:thing.a',
  },
  {
    what: 'clients that read a text find a list',
    ...field(text, { type: 'tags' }, ['x', null]),
    code: 'BC303',
    about: 'change_field:thing.a',
  },
  {
    what: 'clients that read a day receive an instant',
    ...field({ type: 'date' }, { type: 'datetime' }, ['2026-01-31']),
    code: 'BC303',
    about: 'change_field:thing.a',
  },
  {
    what: 'children are deleted with their parent from now on',
    before: child(),
    after: child({ deleteBehavior: 'cascade' }),
    records: related,
    code: 'DS104',
    about: 'change_field:thing.a',
  },
  {
    what: 'children no longer prevent deleting their parent',
    before: child({ deleteBehavior: 'restrict' }),
    after: child({ deleteBehavior: 'set_null' }),
    records: related,
    code: 'DS104',
    about: 'change_field:thing.a',
  },
  {
    what: 'numbers are no longer limited',
    ...field({ ...number, max: 9 }, number, [1, 9, null]),
    code: 'WI404',
    about: 'change_field:thing.a',
  },
  {
    what: 'texts are no longer limited',
    ...field({ ...text, minLength: 1, maxLength: 2 }, text, ['ab', null]),
    code: 'WI404',
    about: 'change_field:thing.a',
  },
  {
    what: 'a choice becomes free text',
    ...field(choice('select', 'x', 'y'), text, ['x', 'y', null]),
    code: 'WI404',
    about: 'change_field:thing.a',
  },
  {
    what: 'several choices become free text',
    ...field(choice('multiselect', 'x', 'y'), { type: 'tags' }, [['x'], ['x', 'y']]),
    code: 'WI404',
    about: 'change_field:thing.a',
  },
  {
    what: 'an address is any text from now on',
    ...field({ type: 'email' }, text, ['ann@example.com', null]),
    code: 'WI404',
    about: 'change_field:thing.a',
  },
  {
    what: 'limited numbers are texts from now on, which have no limit',
    ...field({ ...number, max: 9 }, text, [1, 9]),
    code: 'WI404',
    about: 'change_field:thing.a',
  },
  {
    what: 'a lookup is a text from now on, which is not checked',
    before: child(),
    after: [account, ...thing({ a: text })],
    records: related,
    code: 'WI401',
    about: 'change_field:thing.a',
  },
];

const gone = (name: string) => ({ allow: [`remove_field:thing.${name}`] });

export const NOTICES: readonly Warning[] = [
  {
    what: 'the only text is removed and another is added',
    before: thing({ a: text, n: number }),
    after: thing({ b: text, n: number }),
    records: x,
    code: 'probable_rename',
    about: 'thing.b',
    ...gone('a'),
  },
  {
    what: 'the most similar of several texts is added',
    before: thing({ mail: text, name: text }),
    after: thing({ mail_address: text, forename: text }),
    records: { thing: [{ mail: 'm', name: 'n' }] },
    code: 'probable_rename',
    about: 'thing.mail_address',
    allow: ['remove_field:thing.mail', 'remove_field:thing.name'],
  },
  {
    what: 'an object is removed and one with most of its fields is added',
    before: thing({ a: text, b: text, c: number }),
    after: [object('item', { a: text, b: text, d: number })],
    records: x,
    code: 'probable_rename',
    about: 'item',
    allow: ['remove_object:thing'],
  },
  {
    what: 'a hint has a typo',
    before: thing({ color: text, n: number }),
    after: thing({ tint: { ...text, ...was('colr') }, n: number }),
    records: { thing: [{ color: 'red' }] },
    code: 'stale_rename_hint',
    about: 'thing.tint',
    allow: ['add_field:thing.tint', 'remove_field:thing.color'],
  },
  {
    what: 'a hint of an object has a typo',
    before: thing({ a: text }),
    after: [object('item', { b: number }, was('things'))],
    records: x,
    code: 'stale_rename_hint',
    about: 'item',
    allow: ['add_object:item', 'remove_object:thing'],
  },
  {
    what: 'a choice has another name and other choices',
    before: thing({ kind: choice('select', 'x') }),
    after: thing({ sort: choice('select', 'y') }),
    records: { thing: [{ kind: 'x' }] },
    code: 'probable_rename',
    about: 'thing.sort',
    ...gone('kind'),
  },
  {
    what: 'deleting a parent deletes its children from now on',
    before: child(),
    after: child({ deleteBehavior: 'cascade' }),
    records: related,
    code: 'deletes_cascade',
    about: 'thing.a',
  },
  {
    what: 'a lookup becomes a detail that is deleted with its master',
    before: child({ deleteBehavior: 'restrict' }),
    after: [
      account,
      ...thing({ a: { ...lookup('account'), type: 'master_detail', deleteBehavior: 'cascade' } }),
    ],
    records: related,
    code: 'deletes_cascade',
    about: 'thing.a',
  },
];

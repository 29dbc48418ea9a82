import { lookup, number, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { Loss } from './loss.js';

const account = object('account', { name: text });
const contact = object('contact', { account: lookup('account', { deleteBehavior: 'cascade' }) });
const related = {
  account: [{ id: 'a1', name: 'A' }],
  contact: [{ id: 'c1', account: 'a1' }, { id: 'c2' }],
};

const OBJECTS: readonly Omit<Loss, 'code'>[] = [
  {
    what: 'an object is removed',
    before: [account, ...thing({ a: text })],
    after: [account],
    records: { thing: [{ a: 'x' }] },
    changes: ['remove_object:thing'],
    rows: [1],
  },
  {
    what: 'an object without records is removed',
    before: thing({ a: text }),
    after: [account],
    changes: ['remove_object:thing'],
    rows: [0],
  },
  {
    what: 'all objects are removed',
    before: [account, contact, ...thing({ a: text })],
    after: [],
    records: { ...related, thing: [{ a: 'x' }] },
    changes: ['remove_object:account', 'remove_object:contact', 'remove_object:thing'],
    rows: [1, 2, 1],
  },
  {
    what: 'a parent is removed and its children stay',
    before: [account, contact],
    after: [contact],
    records: related,
    changes: ['remove_object:account'],
    rows: [1],
  },
  {
    what: 'the children are removed and the parent stays',
    before: [account, contact],
    after: [account],
    records: related,
    changes: ['remove_object:contact'],
    rows: [2],
  },
  {
    what: 'an object that refers to itself is removed',
    before: [account, ...thing({ parent: { type: 'tree' } })],
    after: [account],
    records: { thing: [{ id: 'top' }, { id: 'below', parent: 'top' }] },
    changes: ['remove_object:thing'],
    rows: [2],
  },
  {
    what: 'two objects that refer to each other are removed',
    before: [object('left', { to: lookup('right') }), object('right', { to: lookup('left') }), account],
    after: [account],
    records: { left: [{ id: 'l' }], right: [{ id: 'r', to: 'l' }] },
    changes: ['remove_object:left', 'remove_object:right'],
    rows: [1, 1],
  },
  {
    what: 'an object named like an SQL keyword is removed',
    before: [account, object('order', { group: text, select: number })],
    after: [account],
    records: { order: [{ group: 'g', select: 1 }] },
    changes: ['remove_object:order'],
    rows: [1],
  },
  {
    what: 'an object is removed and another takes its name',
    before: [account, ...thing({ a: text })],
    after: [object('account', { a: text }, was('thing'))],
    records: { account: [{ name: 'A' }, { name: 'B' }], thing: [{ a: 'x' }] },
    changes: ['remove_object:account'],
    rows: [2],
  },
  {
    what: 'an object whose records all columns hold something else than text is removed',
    before: [account, ...thing({ n: number, yes: { type: 'boolean' }, list: { type: 'tags' } })],
    after: [account],
    records: { thing: [{ n: 0.1, yes: true, list: ['a'] }] },
    changes: ['remove_object:thing'],
    rows: [1],
  },
];

export const REMOVED_OBJECTS = OBJECTS.map((loss): Loss => ({ ...loss, code: 'DS101' }));

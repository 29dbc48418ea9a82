import { choice, lookup, strict, text, thing } from '../change-case.js';
import { object } from '../database.js';
import type { Loss } from './loss.js';

const account = object('account', { name: text });
const contact = object('contact', { account: lookup('account', { deleteBehavior: 'cascade' }) });
const related = {
  account: [{ id: 'a1', name: 'A' }],
  contact: [{ id: 'c1', account: 'a1' }, { id: 'c2' }],
};
const two = { thing: [{ a: 'x', b: 'y' }, { b: 'z' }] };

const FIELDS: readonly Omit<Loss, 'code'>[] = [
  {
    what: 'a field is removed',
    before: thing({ a: text, b: text }),
    after: thing({ b: text }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field without values is removed',
    before: thing({ a: text, b: text, c: text }),
    after: thing({ a: text, b: text }),
    records: two,
    changes: ['remove_field:thing.c'],
    rows: [0],
  },
  {
    what: 'fields of several objects are removed',
    before: [object('account', { name: text, city: text }), ...thing({ a: text, b: text })],
    after: [account, ...thing({ b: text })],
    records: { account: [{ city: 'C' }], ...two },
    changes: ['remove_field:account.city', 'remove_field:thing.a'],
    rows: [1, 1],
  },
  {
    what: 'a unique field is removed',
    before: thing({ a: { ...text, unique: true }, b: text }),
    after: thing({ b: text }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field that must hold a value is removed',
    before: thing({ a: text, b: strict }),
    after: thing({ a: text }),
    records: two,
    changes: ['remove_field:thing.b'],
    rows: [2],
  },
  {
    what: 'a lookup is removed',
    before: [account, contact],
    after: [account, object('contact', { name: text })],
    records: related,
    changes: ['remove_field:contact.account'],
    rows: [1],
  },
  {
    what: 'a list is removed',
    before: thing({ a: choice('multiselect', 'x', 'y'), b: text }),
    after: thing({ b: text }),
    records: { thing: [{ a: ['x', 'y'] }, { a: [] }] },
    changes: ['remove_field:thing.a'],
    rows: [2],
  },
  {
    what: 'an autonumber is removed, and its counter with it',
    before: thing({ a: { type: 'autonumber', format: 'T-{000}' }, b: text }),
    after: thing({ b: text }),
    records: { thing: [{ b: 'x' }, { b: 'y' }] },
    changes: ['remove_field:thing.a'],
    rows: [2],
  },
];

export const REMOVED_FIELDS = FIELDS.map((loss): Loss => ({ ...loss, code: 'DS102' }));

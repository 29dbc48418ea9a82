import {
  type ChangeCase,
  choice,
  lookup,
  notNull,
  number,
  strict,
  text,
  thing,
  was,
} from '../change-case.js';
import { object } from '../database.js';

/** Something is taken away, which somebody has to allow. */
export interface Loss extends ChangeCase {
  readonly code: 'DS101' | 'DS102';
  /** Everything that has to be allowed. */
  readonly changes: readonly string[];
  /** Records whose values are lost, in the order of the checks. */
  readonly rows: readonly number[];
}

const account = object('account', { name: text });
const contact = object('contact', { account: lookup('account', { deleteBehavior: 'cascade' }) });
const related = {
  account: [{ id: 'a1', name: 'A' }],
  contact: [{ id: 'c1', account: 'a1' }, { id: 'c2' }],
};
const LONGEST = 'x'.repeat(63);
const two = { thing: [{ a: 'x', b: 'y' }, { b: 'z' }] };

const OBJECTS: readonly Omit<Loss, 'code'>[] = [
  {
    what: 'an object is left out',
    before: [account, ...thing({ a: text })],
    after: [account],
    records: { thing: [{ a: 'x' }] },
    changes: ['remove_object:thing'],
    rows: [1],
  },
  {
    what: 'an object without records is left out',
    before: thing({ a: text }),
    after: [account],
    changes: ['remove_object:thing'],
    rows: [0],
  },
  {
    what: 'nothing is desired any more',
    before: [account, contact, ...thing({ a: text })],
    after: [],
    records: { ...related, thing: [{ a: 'x' }] },
    changes: ['remove_object:account', 'remove_object:contact', 'remove_object:thing'],
    rows: [1, 2, 1],
  },
  {
    what: 'a parent is left out and its children stay',
    before: [account, contact],
    after: [contact],
    records: related,
    changes: ['remove_object:account'],
    rows: [1],
  },
  {
    what: 'the children are left out and the parent stays',
    before: [account, contact],
    after: [account],
    records: related,
    changes: ['remove_object:contact'],
    rows: [2],
  },
  {
    what: 'an object that refers to itself is left out',
    before: [account, ...thing({ parent: { type: 'tree' } })],
    after: [account],
    records: { thing: [{ id: 'top' }, { id: 'below', parent: 'top' }] },
    changes: ['remove_object:thing'],
    rows: [2],
  },
  {
    what: 'two objects that refer to each other are left out',
    before: [object('left', { to: lookup('right') }), object('right', { to: lookup('left') }), account],
    after: [account],
    records: { left: [{ id: 'l' }], right: [{ id: 'r', to: 'l' }] },
    changes: ['remove_object:left', 'remove_object:right'],
    rows: [1, 1],
  },
  {
    what: 'an object called like a word of SQL is left out',
    before: [account, object('order', { group: text, select: number })],
    after: [account],
    records: { order: [{ group: 'g', select: 1 }] },
    changes: ['remove_object:order'],
    rows: [1],
  },
  {
    what: 'an object goes and another takes its name',
    before: [account, ...thing({ a: text })],
    after: [object('account', { a: text }, was('thing'))],
    records: { account: [{ name: 'A' }, { name: 'B' }], thing: [{ a: 'x' }] },
    changes: ['remove_object:account'],
    rows: [2],
  },
  {
    what: 'an object whose records all columns hold something else than text is left out',
    before: [account, ...thing({ n: number, yes: { type: 'boolean' }, list: { type: 'tags' } })],
    after: [account],
    records: { thing: [{ n: 0.1, yes: true, list: ['a'] }] },
    changes: ['remove_object:thing'],
    rows: [1],
  },
];

const FIELDS: readonly Omit<Loss, 'code'>[] = [
  {
    what: 'a field is left out',
    before: thing({ a: text, b: text }),
    after: thing({ b: text }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field that nobody filled is left out',
    before: thing({ a: text, b: text, c: text }),
    after: thing({ a: text, b: text }),
    records: two,
    changes: ['remove_field:thing.c'],
    rows: [0],
  },
  {
    what: 'fields of several objects are left out',
    before: [object('account', { name: text, city: text }), ...thing({ a: text, b: text })],
    after: [account, ...thing({ b: text })],
    records: { account: [{ city: 'C' }], ...two },
    changes: ['remove_field:account.city', 'remove_field:thing.a'],
    rows: [1, 1],
  },
  {
    what: 'a unique field is left out',
    before: thing({ a: { ...text, unique: true }, b: text }),
    after: thing({ b: text }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field that must hold a value is left out',
    before: thing({ a: text, b: strict }),
    after: thing({ a: text }),
    records: two,
    changes: ['remove_field:thing.b'],
    rows: [2],
  },
  {
    what: 'a lookup is left out',
    before: [account, contact],
    after: [account, object('contact', { name: text })],
    records: related,
    changes: ['remove_field:contact.account'],
    rows: [1],
  },
  {
    what: 'a list is left out',
    before: thing({ a: choice('multiselect', 'x', 'y'), b: text }),
    after: thing({ b: text }),
    records: { thing: [{ a: ['x', 'y'] }, { a: [] }] },
    changes: ['remove_field:thing.a'],
    rows: [2],
  },
  {
    what: 'an autonumber is left out, and its counter with it',
    before: thing({ a: { type: 'autonumber', format: 'T-{000}' }, b: text }),
    after: thing({ b: text }),
    records: { thing: [{ b: 'x' }, { b: 'y' }] },
    changes: ['remove_field:thing.a'],
    rows: [2],
  },
  {
    what: 'a field with a part in an index of several is left out',
    before: thing({ a: text, b: text }, { indexes: [{ fields: ['a', 'b'], unique: true }] }),
    after: thing({ b: text }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field that the condition of an index asks for is left out',
    before: thing({ a: text, b: text }, { indexes: [{ fields: ['b'], partial: "a = 'x'" }] }),
    after: thing({ b: text }, { indexes: [{ fields: ['b'] }] }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field that hides the row ids is left out',
    before: thing({ rowid: number, oid: text, b: text }),
    after: thing({ b: text }),
    records: { thing: [{ rowid: 7, oid: 'o' }] },
    changes: ['remove_field:thing.oid', 'remove_field:thing.rowid'],
    rows: [1, 1],
  },
  {
    what: 'a field becomes a formula',
    before: thing({ a: number, b: text }),
    after: thing({ a: { type: 'formula' }, b: text }),
    records: { thing: [{ a: 1 }, { a: 2 }] },
    changes: ['change_field:thing.a'],
    rows: [2],
  },
  {
    what: 'a field becomes a summary under another name',
    before: thing({ a: number, b: text }),
    after: thing({ total: { type: 'summary', ...was('a') }, b: text }),
    records: { thing: [{ a: 1 }, {}] },
    changes: ['rename_field:thing.total'],
    rows: [1],
  },
  {
    what: 'a field goes and another takes its name',
    before: thing({ a: text, b: text }),
    after: thing({ a: { ...text, ...was('b') } }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field is left out of an object that is renamed',
    before: thing({ a: text, b: text }),
    after: [object('item', { b: text }, was('thing'))],
    records: two,
    changes: ['remove_field:item.a'],
    rows: [1],
  },
  {
    what: 'a field is left out of a table that is made again for another field',
    before: thing({ a: text, b: text }),
    after: thing({ b: strict }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field with the longest name is left out',
    before: [object(LONGEST, { [LONGEST]: text, b: text })],
    after: [object(LONGEST, { b: text })],
    records: { [LONGEST]: [{ [LONGEST]: 'x' }] },
    changes: [`remove_field:${LONGEST}.${LONGEST}`],
    rows: [1],
  },
  {
    what: 'a field is left out while somebody has a column beside it',
    before: thing({ a: text, b: text }),
    after: thing({ b: text }),
    records: two,
    byHand: ['ALTER TABLE thing ADD COLUMN theirs TEXT', "UPDATE thing SET theirs = 'mine'"],
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field that must hold a default is left out',
    before: thing({ a: { ...text, ...notNull, defaultValue: 'd' }, b: text }),
    after: thing({ b: text }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [2],
  },
];

export const LOSSES: readonly Loss[] = [
  ...OBJECTS.map((loss): Loss => ({ ...loss, code: 'DS101' })),
  ...FIELDS.map((loss): Loss => ({ ...loss, code: 'DS102' })),
];

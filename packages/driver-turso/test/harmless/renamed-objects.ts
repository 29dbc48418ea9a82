import { type ChangeCase, lookup, number, strict, text, thing, was } from '../change-case.js';
import { object } from '../database.js';

const is = (former: string, facts: Record<string, unknown> = text) => ({ ...facts, ...was(former) });
const account = (rest = {}) => object('account', { name: text }, rest);
const child = (target: string, rest: object = {}) => thing({ a: lookup(target, { ...rest }) });
const related = { account: [{ id: 'p', name: 'P' }], thing: [{ id: 't', a: 'p' }, { id: 'u' }] };
const three = {
  thing: [
    { id: 't', a: 'x', b: 'y', c: 'z' },
    { id: 'u', b: 'only b' },
  ],
};
const abc = (a: Record<string, unknown>, b: Record<string, unknown>, c: Record<string, unknown>) =>
  thing({ a, b, c });
const plain = abc(text, text, text);

export const RENAMED_OBJECTS: readonly ChangeCase[] = [
  {
    what: 'an object is renamed',
    before: plain,
    after: [object('item', { a: text, b: text, c: text }, was('thing'))],
    records: three,
  },
  {
    what: 'an object and a field of it are renamed',
    before: plain,
    after: [object('item', { d: is('a'), b: text, c: text }, was('thing'))],
    records: three,
  },
  {
    what: 'a parent is renamed',
    before: [account(), ...child('account', { deleteBehavior: 'cascade' })],
    after: [
      object('client', { name: text }, was('account')),
      ...child('client', { deleteBehavior: 'cascade' }),
    ],
    records: related,
  },
  {
    what: 'a parent is renamed and rebuilt',
    before: [account(), ...child('account', { deleteBehavior: 'cascade' })],
    after: [
      object('client', { name: strict }, was('account')),
      ...child('client', { deleteBehavior: 'cascade' }),
    ],
    records: related,
  },
  {
    what: 'children are renamed',
    before: [account(), ...child('account')],
    after: [account(), object('item', { a: lookup('account') }, was('thing'))],
    records: related,
  },
  {
    what: 'a lookup is renamed',
    before: [account(), ...child('account')],
    after: [account(), ...thing({ b: is('a', lookup('account')) })],
    records: related,
  },
  {
    what: 'an object that refers to itself is renamed',
    before: thing({ a: { type: 'tree' } }),
    after: [object('item', { a: { type: 'tree' } }, was('thing'))],
    records: { thing: [{ id: 'top' }, { id: 'below', a: 'top' }] },
  },
  {
    what: 'two objects swap their names',
    before: [account(), object('client', { name: text })],
    after: [account(was('client')), object('client', { name: text }, was('account'))],
    records: { account: [{ name: 'A' }], client: [{ name: 'C' }, { name: 'D' }] },
  },
  {
    what: 'two objects swap their names, and lookups follow',
    before: [account(), object('client', { name: text }), ...child('account')],
    after: [account(was('client')), object('client', { name: text }, was('account')), ...child('client')],
    records: { ...related, client: [{ id: 'c', name: 'C' }] },
  },
  {
    what: 'parent and child swap their names',
    before: [account(), object('contact', { to: lookup('account') })],
    after: [
      object('contact', { name: text }, was('account')),
      object('account', { to: lookup('contact') }, was('contact')),
    ],
    records: { account: [{ id: 'p', name: 'P' }], contact: [{ id: 'c', to: 'p' }] },
  },
  {
    what: 'three objects rotate their names',
    before: [account(), object('client', { name: text }), object('person', { name: text })],
    after: [
      account(was('client')),
      object('client', { name: text }, was('person')),
      object('person', { name: text }, was('account')),
    ],
    records: { account: [{ name: 'A' }], client: [{ name: 'C' }], person: [{ name: 'P' }] },
  },
  {
    what: 'a new object takes the name that another left two steps ago',
    before: plain,
    after: [object('item', { a: text, b: text, c: text }, was('thing')), object('entry', { n: number })],
    records: three,
  },
  {
    what: 'an object is renamed to an SQL keyword',
    before: plain,
    after: [object('table', { a: text, b: text, c: text }, was('thing'))],
    records: three,
  },
  {
    what: 'an autonumber is renamed and continues counting',
    before: thing({ a: { type: 'autonumber' }, b: text }),
    after: [object('item', { no: is('a', { type: 'autonumber' }), b: text }, was('thing'))],
    records: { thing: [{ b: 'x' }, { b: 'y' }] },
  },
];

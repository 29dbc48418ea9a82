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

const LONGEST = 'x'.repeat(63);
const account = object('account', { name: text });
const before = thing({ a: text });
const records = { thing: [{ id: 't1', a: 'x' }, { id: 't2', a: 'y' }, { id: 't3' }] };
const with_ = (fields: Record<string, Record<string, unknown>>, rest = {}) =>
  thing({ a: text, ...fields }, rest);
const manyFields = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}`, number]));
const index = (rest: object) => ({ indexes: [{ fields: ['a'], ...rest }] });

const THINGS: readonly Pick<ChangeCase, 'what' | 'after'>[] = [
  { what: 'an object comes', after: [...before, account] },
  {
    what: 'an object comes that refers to one that is there',
    after: [...before, object('part', { of: lookup('thing', { required: true }) })],
  },
  {
    what: 'two objects come that refer to each other',
    after: [...before, object('left', { to: lookup('right') }), object('right', { to: lookup('left') })],
  },
  { what: 'a field comes', after: with_({ b: text }) },
  {
    what: 'a field comes with a value for the records that exist',
    after: with_({ b: { ...number, backfill: 1 } }),
  },
  { what: 'sixty fields come', after: with_(manyFields) },
  {
    what: 'a field of every kind of column comes',
    after: with_({
      n: number,
      yes: { type: 'boolean' },
      list: { type: 'tags' },
      at: { type: 'datetime' },
      sum: { type: 'summary' },
    }),
  },
  {
    what: 'a lookup comes with its target',
    after: [account, ...with_({ account: lookup('account', { deleteBehavior: 'cascade' }) })],
  },
  { what: 'a lookup comes, and its target does not', after: with_({ owner: { type: 'user' } }) },
  {
    what: 'a lookup comes whose target is later in the alphabet',
    after: [...with_({ zone: lookup('zone') }), object('zone', { name: text })],
  },
  { what: 'a tree grows', after: with_({ parent: { type: 'tree', deleteBehavior: 'restrict' } }) },
  {
    what: 'a field with a default must hold a value',
    after: with_({ b: { ...text, ...notNull, defaultValue: "it's" } }),
  },
  {
    what: 'a list with a default must hold a value',
    after: with_({ b: { type: 'tags', ...notNull, defaultValue: ['new', '"'] } }),
  },
  {
    what: 'a switch with a default must hold a value',
    after: with_({ b: { type: 'boolean', ...notNull, defaultValue: false } }),
  },
  {
    what: 'a field comes with a default for new records',
    after: with_({ b: { ...number, defaultValue: 1 } }),
  },
  {
    what: 'a number for each record comes',
    after: with_({ no: { type: 'autonumber', format: 'T-{0000}' } }),
  },
  {
    what: 'a choice comes',
    after: with_({ b: { ...choice('select', 'x'), required: true, defaultValue: 'x' } }),
  },
  { what: 'a unique field comes', after: with_({ b: { ...text, unique: true } }) },
  { what: 'an index comes', after: thing({ a: { ...text, index: true } }) },
  { what: 'seeds find records by a field', after: thing({ a: { ...text, externalId: true } }) },
  {
    what: 'an index over times comes',
    after: thing({ a: text }, { indexes: [{ fields: ['created_at', 'a', 'id'] }] }),
  },
  { what: 'an index over some records comes', after: thing({ a: text }, index({ partial: "a <> 'it''s'" })) },
  { what: 'a field becomes unique and is', after: thing({ a: { ...text, unique: true } }) },
  {
    what: 'a field becomes unique, in capitals or not, and is',
    after: thing({ a: { ...text, unique: true, caseSensitive: false } }),
  },
  {
    what: 'a field becomes unique among records that do not share it',
    after: thing({ a: text }, index({ unique: true, partial: "a = 'x'" })),
  },
  {
    what: 'two fields together become unique, one of them new',
    after: with_({ b: text }, { indexes: [{ fields: ['a', 'b'], unique: true }] }),
  },
  {
    what: 'an object called like a word of SQL comes',
    after: [...before, object('order', { group: text, select: number, table: lookup('order') })],
  },
  {
    what: 'fields called like words of SQL come',
    after: with_({ from: text, where: { ...text, index: true }, values: number, to: lookup('thing') }),
  },
  {
    what: 'an object called like a thing of JavaScript comes',
    after: [...before, object('constructor', { constructor: text, prototype: number })],
  },
  { what: 'fields called like row ids come', after: with_({ rowid: text, oid: { ...number, index: true } }) },
  {
    what: 'the longest names come',
    after: [...before, object(LONGEST, { [LONGEST]: { ...text, unique: true } })],
  },
  { what: 'a hint says of a new thing what never was', after: with_({ b: { ...text, ...was('never') } }) },
];

export const ADDITIONS = [
  ...THINGS.map((change): ChangeCase => ({ ...change, before, records })),
  { what: 'an object comes into an empty database', before: [], after: before },
  {
    what: 'a field must hold a value where there are no records',
    before,
    after: with_({ b: strict, c: lookup('thing', notNull) }),
  },
];

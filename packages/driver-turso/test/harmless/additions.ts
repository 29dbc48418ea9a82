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
  { what: 'an object is added', after: [...before, account] },
  {
    what: 'an object is added that refers to an existing one',
    after: [...before, object('part', { of: lookup('thing', { required: true }) })],
  },
  {
    what: 'two objects are added that refer to each other',
    after: [...before, object('left', { to: lookup('right') }), object('right', { to: lookup('left') })],
  },
  { what: 'a field is added', after: with_({ b: text }) },
  {
    what: 'a field is added with a value for the records that exist',
    after: with_({ b: { ...number, backfill: 1 } }),
  },
  { what: 'sixty fields are added', after: with_(manyFields) },
  {
    what: 'a field of every kind of column is added',
    after: with_({
      n: number,
      yes: { type: 'boolean' },
      list: { type: 'tags' },
      at: { type: 'datetime' },
      sum: { type: 'summary' },
    }),
  },
  {
    what: 'a lookup is added with its target',
    after: [account, ...with_({ account: lookup('account', { deleteBehavior: 'cascade' }) })],
  },
  { what: 'a lookup is added without its target', after: with_({ owner: { type: 'user' } }) },
  {
    what: 'a lookup is added whose target is later in alphabetical order',
    after: [...with_({ zone: lookup('zone') }), object('zone', { name: text })],
  },
  { what: 'a tree is added', after: with_({ parent: { type: 'tree', deleteBehavior: 'restrict' } }) },
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
    what: 'a field is added with a default for new records',
    after: with_({ b: { ...number, defaultValue: 1 } }),
  },
  {
    what: 'an autonumber is added',
    after: with_({ no: { type: 'autonumber', format: 'T-{0000}' } }),
  },
  {
    what: 'a choice is added',
    after: with_({ b: { ...choice('select', 'x'), required: true, defaultValue: 'x' } }),
  },
  { what: 'a unique field is added', after: with_({ b: { ...text, unique: true } }) },
  { what: 'an index is added', after: thing({ a: { ...text, index: true } }) },
  { what: 'seeds find records by a field', after: thing({ a: { ...text, externalId: true } }) },
  {
    what: 'an index on times is added',
    after: thing({ a: text }, { indexes: [{ fields: ['created_at', 'a', 'id'] }] }),
  },
  { what: 'a partial index is added', after: thing({ a: text }, index({ partial: "a <> 'it''s'" })) },
  { what: 'a field becomes unique and is', after: thing({ a: { ...text, unique: true } }) },
  {
    what: 'a field becomes unique, ignoring case, and is',
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
    what: 'an object named like an SQL keyword is added',
    after: [...before, object('order', { group: text, select: number, table: lookup('order') })],
  },
  {
    what: 'fields named like SQL keywords are added',
    after: with_({ from: text, where: { ...text, index: true }, values: number, to: lookup('thing') }),
  },
  {
    what: 'an object named like a JavaScript property is added',
    after: [...before, object('constructor', { constructor: text, prototype: number })],
  },
  {
    what: 'fields named like row id aliases are added',
    after: with_({ rowid: text, oid: { ...number, index: true } }),
  },
  {
    what: 'the longest names are added',
    after: [...before, object(LONGEST, { [LONGEST]: { ...text, unique: true } })],
  },
  {
    what: 'a new field has a hint to a name that never existed',
    after: with_({ b: { ...text, ...was('never') } }),
  },
];

export const ADDITIONS = [
  ...THINGS.map((change): ChangeCase => ({ ...change, before, records })),
  { what: 'an object is added to an empty database', before: [], after: before },
  {
    what: 'a field must hold a value where there are no records',
    before,
    after: with_({ b: strict, c: lookup('thing', notNull) }),
  },
];

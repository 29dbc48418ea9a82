import {
  type ChangeCase,
  choice,
  field,
  lookup,
  notNull,
  number,
  strict,
  text,
  thing,
} from '../change-case.js';
import { object } from '../database.js';

const account = object('account', { name: text });
const strictAccount = object('account', { name: strict });
const child = (rest: object = {}) => thing({ a: lookup('account', { ...rest }), b: text });
const records = {
  account: [
    { id: 'p1', name: 'P' },
    { id: 'p2', name: 'Q' },
  ],
  thing: [{ id: 't1', a: 'p1', b: 'x' }, { id: 't2', a: 'p2' }, { id: 't3' }],
};
const unique = { unique: true };
const rules = (fields: string[]) => ({ validations: [{ type: 'unique', name: 'r', message: 'm', fields }] });

const parentIsMadeAgain = (what: string, rest: object): ChangeCase => ({
  what,
  before: [account, ...child(rest)],
  after: [strictAccount, ...child(rest)],
  records,
});

export const CONSTRAINTS: readonly ChangeCase[] = [
  { what: 'a column may be empty', ...field(strict, text, ['x', 'y']) },
  { what: 'a column must be filled and is', ...field(text, strict, ['x', '']) },
  { what: 'a column must be filled and there is no record', ...field(number, { ...number, ...notNull }, []) },
  { what: 'values may repeat', ...field({ ...text, ...unique }, text, ['x', 'y', null]) },
  {
    what: 'values may repeat with another case',
    ...field({ ...text, ...unique, caseSensitive: false }, { ...text, ...unique }, ['x', 'y']),
  },
  { what: 'an index is removed', ...field({ ...number, index: true }, number, [1, 1]) },
  { what: 'an index becomes unique', ...field({ ...text, index: true }, { ...text, ...unique }, ['x', 'X']) },
  {
    what: 'a rule of several fields is removed',
    before: thing({ a: text, b: text }, rules(['a', 'b'])),
    after: thing({ a: text, b: text }),
    records: { thing: [{ a: 'x', b: 'y' }] },
  },
  {
    what: 'an index takes another field in',
    before: thing({ a: text, b: text }, rules(['a'])),
    after: thing({ a: text, b: text }, rules(['a', 'b'])),
    records: {
      thing: [
        { a: 'x', b: 'y' },
        { a: 'z', b: 'y' },
      ],
    },
  },
  {
    what: 'the condition of an index is another',
    before: thing({ a: text }, { indexes: [{ fields: ['a'], partial: "a > 'x'" }] }),
    after: thing({ a: text }, { indexes: [{ fields: ['a'], partial: "a >= 'x'" }] }),
    records: { thing: [{ a: 'x' }, { a: 'y' }] },
  },
  {
    what: 'children are deleted with their parent',
    before: [account, ...child()],
    after: [account, ...child({ deleteBehavior: 'cascade' })],
    records,
  },
  {
    what: 'children prevent deleting their parent',
    before: [account, ...child({ deleteBehavior: 'cascade' })],
    after: [account, ...child({ deleteBehavior: 'restrict' })],
    records,
  },
  {
    what: 'a lookup becomes a text',
    before: [account, ...child()],
    after: [account, ...thing({ a: text, b: text })],
    records,
  },
  {
    what: 'a text becomes a lookup, and every value names a record',
    before: [account, ...thing({ a: text, b: text })],
    after: [account, ...child()],
    records,
  },
  {
    what: 'a choice becomes a lookup, and every choice names a record',
    before: [account, ...thing({ a: choice('select', 'p1', 'p2') })],
    after: [account, ...thing({ a: lookup('account') })],
    records: { account: records.account, thing: [{ a: 'p1' }, {}] },
  },
  {
    what: 'a lookup names another object, which has records of these ids',
    before: [account, object('client', { name: text }), ...child()],
    after: [account, object('client', { name: text }), ...thing({ a: lookup('client'), b: text })],
    records: { client: records.account, ...records },
  },
  {
    what: 'the target of a lookup is added, and no value refers to it',
    before: thing({ a: lookup('account'), b: text }),
    after: [account, ...child()],
    records: { thing: [{ b: 'x' }] },
  },
  {
    what: 'a lookup becomes a master-detail field',
    before: [account, ...child()],
    after: [account, ...thing({ a: { type: 'master_detail', reference: 'account' }, b: text })],
    records,
  },
  parentIsMadeAgain('a parent is rebuilt whose children would be deleted with it', {
    deleteBehavior: 'cascade',
  }),
  parentIsMadeAgain('a parent is rebuilt whose children would forget it', { deleteBehavior: 'set_null' }),
  parentIsMadeAgain('a parent is rebuilt whose children keep it', { deleteBehavior: 'restrict' }),
  {
    what: 'a parent and its children are rebuilt',
    before: [account, ...child({ deleteBehavior: 'cascade' })],
    after: [strictAccount, ...thing({ a: lookup('account'), b: number })],
    records: { account: records.account, thing: [{ a: 'p1', b: '1' }] },
  },
  {
    what: 'a tree is rebuilt',
    before: thing({ a: { type: 'tree', deleteBehavior: 'cascade' }, b: text }),
    after: thing({ a: { type: 'tree', deleteBehavior: 'cascade' }, b: strict }),
    records: {
      thing: [
        { id: 'top', b: 'x' },
        { id: 'below', a: 'top', b: 'y' },
      ],
    },
  },
  {
    what: 'records that refer to nothing were there before',
    before: [account, ...child()],
    after: [strictAccount, ...child()],
    records,
    unmanagedSql: ['PRAGMA foreign_keys = OFF', "DELETE FROM account WHERE id = 'p2'"],
  },
];

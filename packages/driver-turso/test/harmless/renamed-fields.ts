import { type ChangeCase, lookup, strict, text, thing, was } from '../change-case.js';
import { object } from '../database.js';

const is = (former: string, facts: Record<string, unknown> = text) => ({ ...facts, ...was(former) });
const unique = { ...text, unique: true };
const three = {
  thing: [
    { id: 't', a: 'x', b: 'y', c: 'z' },
    { id: 'u', b: 'only b' },
  ],
};
const abc = (a: Record<string, unknown>, b: Record<string, unknown>, c: Record<string, unknown>) =>
  thing({ a, b, c });
const partly = (fields: string[], partial: string) => ({ indexes: [{ fields, partial, unique: true }] });
const plain = abc(text, text, text);

const FIELDS: readonly ChangeCase[] = [
  { what: 'a field is renamed', before: plain, after: thing({ a: text, b: text, d: is('c') }) },
  { what: 'two fields swap their names', before: plain, after: abc(is('b'), is('a'), text) },
  { what: 'three fields rotate their names', before: plain, after: abc(is('b'), is('c'), is('a')) },
  { what: 'names move up by one', before: plain, after: thing({ b: is('a'), c: is('b'), d: is('c') }) },
  {
    what: 'a new field takes the name that another left',
    before: plain,
    after: thing({ a: text, b: text, d: is('c'), e: text }),
  },
  {
    what: 'unique and other fields swap names, and uniqueness moves with the field',
    before: abc(unique, text, text),
    after: abc(is('b'), is('a', unique), text),
  },
  {
    what: 'two unique fields swap their names',
    before: abc(unique, unique, text),
    after: abc(is('b', unique), is('a', unique), text),
  },
  {
    what: 'an indexed field is renamed',
    before: abc({ ...text, index: true }, text, text),
    after: thing({ d: is('a', { ...text, index: true }), b: text, c: text }),
  },
  {
    what: 'a field in the condition of an index is renamed',
    before: thing({ a: text, b: text, c: text }, partly(['a'], "b = 'b'")),
    after: thing({ a: text, d: is('b'), c: text }, partly(['a'], "d = 'b'")),
  },
  {
    what: 'a field is named like an SQL keyword',
    before: plain,
    after: thing({ a: text, b: text, order: is('c') }),
  },
  {
    what: 'a field is named like a row id',
    before: plain,
    after: thing({ a: text, b: text, rowid: is('c') }),
  },
  {
    what: 'a field is renamed in a table that is rebuilt',
    before: plain,
    after: thing({ a: text, d: is('b', strict), c: text }),
  },
  {
    what: 'a field is renamed and its texts become lists',
    before: plain,
    after: thing({ a: text, b: text, d: is('c', { type: 'tags' }) }),
  },
  {
    what: 'two fields swap their names in an object that is renamed',
    before: plain,
    after: [object('item', { a: is('b'), b: is('a'), c: text }, was('thing'))],
  },
  {
    what: 'a formula and a field swap their names',
    records: { thing: [{ b: 'x' }] },
    before: abc({ type: 'formula' }, text, text),
    after: abc(is('b'), is('a', { type: 'formula' }), text),
  },
  {
    what: 'a lookup and a text swap their names',
    before: abc(lookup('user'), text, text),
    after: abc(is('b'), is('a', lookup('user')), text),
  },
  {
    what: 'two fields swap their names and their types',
    records: { thing: [{ b: 'x', c: ['y', 'z'] }] },
    before: abc(text, text, { type: 'tags' }),
    after: abc(text, is('c', { type: 'json' }), is('b', { type: 'tags' })),
  },
  {
    what: 'a field that must hold a value swaps its name, and the rule moves with the field',
    before: abc(text, strict, text),
    after: abc(is('b', strict), is('a'), text),
  },
];

export const RENAMED_FIELDS = FIELDS.map((change): ChangeCase => ({ records: three, ...change }));

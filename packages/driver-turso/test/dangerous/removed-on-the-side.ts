import { notNull, number, strict, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { Loss } from './loss.js';

const LONGEST = 'x'.repeat(63);
const two = { thing: [{ a: 'x', b: 'y' }, { b: 'z' }] };

const FIELDS: readonly Omit<Loss, 'code'>[] = [
  {
    what: 'a field of a composite index is removed',
    before: thing({ a: text, b: text }, { indexes: [{ fields: ['a', 'b'], unique: true }] }),
    after: thing({ b: text }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field that the condition of an index asks for is removed',
    before: thing({ a: text, b: text }, { indexes: [{ fields: ['b'], partial: "a = 'x'" }] }),
    after: thing({ b: text }, { indexes: [{ fields: ['b'] }] }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field that hides the row ids is removed',
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
    what: 'a field is removed and another takes its name',
    before: thing({ a: text, b: text }),
    after: thing({ a: { ...text, ...was('b') } }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field is removed of an object that is renamed',
    before: thing({ a: text, b: text }),
    after: [object('item', { b: text }, was('thing'))],
    records: two,
    changes: ['remove_field:item.a'],
    rows: [1],
  },
  {
    what: 'a field is removed of a table that is rebuilt for another field',
    before: thing({ a: text, b: text }),
    after: thing({ b: strict }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field with the longest name is removed',
    before: [object(LONGEST, { [LONGEST]: text, b: text })],
    after: [object(LONGEST, { b: text })],
    records: { [LONGEST]: [{ [LONGEST]: 'x' }] },
    changes: [`remove_field:${LONGEST}.${LONGEST}`],
    rows: [1],
  },
  {
    what: 'a field is removed from a table with an unmanaged column',
    before: thing({ a: text, b: text }),
    after: thing({ b: text }),
    records: two,
    unmanagedSql: ['ALTER TABLE thing ADD COLUMN theirs TEXT', "UPDATE thing SET theirs = 'mine'"],
    changes: ['remove_field:thing.a'],
    rows: [1],
  },
  {
    what: 'a field that must hold a default is removed',
    before: thing({ a: { ...text, ...notNull, defaultValue: 'd' }, b: text }),
    after: thing({ b: text }),
    records: two,
    changes: ['remove_field:thing.a'],
    rows: [2],
  },
];

/** Removed fields that are part of other changes, or that other definitions mention. */
export const REMOVED_ON_THE_SIDE = FIELDS.map((loss): Loss => ({ ...loss, code: 'DS102' }));

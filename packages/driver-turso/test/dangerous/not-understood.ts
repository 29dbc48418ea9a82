import { number, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { Refusal } from './refusal.js';

const before = thing({ a: text, b: text });
const records = { thing: [{ id: 't', a: 'x', b: 'y' }] };
const invalid = (what: string, after: Refusal['after'], details: Refusal['details'] = {}): Refusal => ({
  what,
  before,
  after,
  records,
  error: 'invalid_request',
  details,
});
const partly = (partial: string) => thing({ a: text, b: text }, { indexes: [{ fields: ['a'], partial }] });

export const NOT_UNDERSTOOD: readonly Refusal[] = [
  invalid('an object is desired twice', [...before, ...thing({ a: number })], { object: 'thing' }),
  invalid(
    'two fields say that they were the same one',
    thing({ c: { ...text, ...was('a') }, d: { ...text, ...was('a') }, b: text }),
    { renamedFrom: 'a' },
  ),
  invalid(
    'two objects say that they were the same one',
    [object('item', { a: text }, was('thing')), object('entry', { b: text }, was('thing'))],
    { renamedFrom: 'thing' },
  ),
  invalid(
    'the condition of an index mentions a field that is removed',
    thing({ a: text }, { indexes: [{ fields: ['a'], partial: "b = 'y'" }] }),
    { object: 'thing' },
  ),
  invalid(
    'the condition of an index mentions the old name of a field',
    thing(
      { a: text, c: { ...text, ...was('b') } },
      { indexes: [{ fields: ['a'], partial: 'b IS NOT NULL' }] },
    ),
    { object: 'thing' },
  ),
  invalid('the condition of an index ends the statement', partly("a = 'x'; DROP TABLE thing"), {
    object: 'thing',
  }),
  invalid('the condition of an index holds a comment', partly("a = 'x' --"), { object: 'thing' }),
  invalid('the condition of an index asks another table', partly('a IN (SELECT a FROM thing)'), {
    object: 'thing',
  }),
];

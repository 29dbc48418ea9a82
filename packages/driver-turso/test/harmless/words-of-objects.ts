import { type ChangeCase, number, text, thing, was } from '../change-case.js';
import { object } from '../database.js';
import type { HarmlessChange } from './harmless-change.js';

const account = object('account', { name: text });
const one = { thing: [{ id: 't', a: 'x' }] };

const OBJECTS: readonly Pick<ChangeCase, 'what' | 'before' | 'after'>[] = [
  { what: 'nothing changes', before: thing({ a: text }), after: thing({ a: text }) },
  {
    what: 'objects have another order',
    before: [account, ...thing({ a: text })],
    after: [...thing({ a: text }), account],
  },
  {
    what: 'fields have another order',
    before: thing({ a: text, b: number }),
    after: thing({ b: number, a: text }),
  },
  {
    what: 'an object has a label',
    before: thing({ a: text }),
    after: thing({ a: text }, { label: 'Thing', pluralLabel: 'Things', icon: 'box' }),
  },
  {
    what: 'a record is known by another field',
    before: thing({ a: text }),
    after: thing({ a: text }, { displayNameField: 'a' }),
  },
  {
    what: 'a formula is added',
    before: thing({ a: text }),
    after: thing({ a: text, f: { type: 'formula', expression: 'a' } }),
  },
  {
    what: 'a formula is removed',
    before: thing({ a: text, f: { type: 'formula' } }),
    after: thing({ a: text }),
  },
  {
    what: 'a formula becomes a summary under another name',
    before: thing({ a: text, f: { type: 'formula' } }),
    after: thing({ a: text, s: { type: 'summary', ...was('f') } }),
  },
  {
    what: 'system fields are repeated',
    before: thing({ a: text }),
    after: thing({ a: text, created_at: { type: 'datetime' }, id: text }),
  },
  {
    what: 'an index has a display name',
    before: thing({ a: text }, { indexes: [{ fields: ['a'] }] }),
    after: thing({ a: text }, { indexes: [{ fields: ['a'], name: 'by_a', type: 'hash' }] }),
  },
  {
    what: 'an index requests another engine',
    before: thing({ a: text }),
    after: thing({ a: text }, { indexes: [{ fields: ['a'], type: 'fulltext' }] }),
  },
  {
    what: 'the condition of an index has another notation',
    before: thing({ a: text }, { indexes: [{ fields: ['a'], partial: 'a is not null' }] }),
    after: thing({ a: text }, { indexes: [{ fields: ['a'], partial: '"a" IS  NOT NULL' }] }),
  },
  {
    what: 'a rule is inactive',
    before: thing({ a: text }),
    after: thing(
      { a: text },
      { validations: [{ type: 'unique', name: 'r', message: 'm', fields: ['a'], active: false }] },
    ),
  },
  {
    what: 'a rule requires something that is not checked',
    before: thing({ a: text }),
    after: thing(
      { a: text },
      { validations: [{ type: 'script', name: 'r', message: 'm', condition: 'a = 1' }] },
    ),
  },
  {
    what: 'an old hint is removed',
    before: thing({ a: { ...text, ...was('z') } }, was('object_z')),
    after: thing({ a: text }),
  },
];

export const WORDS_OF_OBJECTS = OBJECTS.map(
  (change): HarmlessChange => ({ ...change, records: one, isMetadata: true }),
);

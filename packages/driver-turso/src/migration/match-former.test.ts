import { describe, expect, it } from 'vitest';
import { matchFormer } from './match-former.js';

const named = (entries: Record<string, string | null>) =>
  new Map(Object.entries(entries).map(([name, from]) => [name, from === null ? {} : { renamedFrom: from }]));

describe('matchFormer', () => {
  it.each([
    ['the same name', { a: null }, { a: null }, { a: 'a' }],
    ['a new thing', { a: null }, { a: null, b: null }, { a: 'a' }],
    ['a rename', { a: null }, { b: 'a' }, { b: 'a' }],
    ['a rename that was deployed before', { b: 'a' }, { b: 'a' }, { b: 'b' }],
    ['the next rename', { b: 'a' }, { c: 'b' }, { c: 'b' }],
    ['a former name that is used again later', { a: null, b: 'a' }, { a: null, b: 'a' }, { a: 'a', b: 'b' }],
    ['a swap', { a: null, b: null }, { a: 'b', b: 'a' }, { a: 'b', b: 'a' }],
    ['a swap that was deployed before', { a: 'b', b: 'a' }, { a: 'b', b: 'a' }, { a: 'a', b: 'b' }],
    ['a circle', { a: null, b: null, c: null }, { a: 'c', b: 'a', c: 'b' }, { a: 'c', b: 'a', c: 'b' }],
    ['a chain', { a: null, b: null }, { b: 'a', c: 'b' }, { b: 'a', c: 'b' }],
    ['a name that takes the place of another', { a: null, b: null }, { b: 'a' }, { b: 'a' }],
    ['a rename whose former name is used again', { a: null }, { a: null, b: 'a' }, { b: 'a' }],
    [
      'a chain whose first name is used again',
      { a: null, b: null },
      { a: null, b: 'a', c: 'b' },
      { b: 'a', c: 'b' },
    ],
    ['a hint at nothing', { a: null }, { b: 'x' }, {}],
    ['a hint at itself', { a: null }, { a: 'a' }, { a: 'a' }],
    ['names that every object has', { a: null }, { constructor: 'a' }, { constructor: 'a' }],
  ] as [string, Record<string, string | null>, Record<string, string | null>, Record<string, string>][])(
    'follows %s',
    (_, before, after, expected) => {
      expect(Object.fromEntries(matchFormer(named(before), named(after)))).toEqual(expected);
    },
  );

  it('refuses a hint that may have been applied before it was left out', () => {
    expect(() => matchFormer(named({ a: null, b: null }), named({ a: null, b: 'a' }))).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { name: 'b', renamedFrom: 'a' } }),
    );
  });

  it('refuses two things that come from the same', () => {
    expect(() => matchFormer(named({ a: null }), named({ b: 'a', c: 'a' }))).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { renamedFrom: 'a' } }),
    );
  });
});

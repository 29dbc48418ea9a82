import { describe, expect, it } from 'vitest';
import { matchRenames } from './match-renames.js';

type Version = Record<string, string | string[] | null>;

const named = (entries: Version) =>
  new Map(Object.entries(entries).map(([name, from]) => [name, from === null ? {} : { renamedFrom: from }]));

describe('matchRenames', () => {
  it.each([
    ['the same name', { a: null }, { a: null }, { a: 'a' }],
    ['a new item', { a: null }, { a: null, b: null }, { a: 'a' }],
    ['a rename', { a: null }, { b: 'a' }, { b: 'a' }],
    ['a rename that was deployed before', { b: 'a' }, { b: 'a' }, { b: 'b' }],
    ['the next rename', { b: 'a' }, { c: 'b' }, { c: 'b' }],
    [
      'a previous name that is used again later',
      { a: null, b: 'a' },
      { a: null, b: 'a' },
      { a: 'a', b: 'b' },
    ],
    ['a swap', { a: null, b: null }, { a: 'b', b: 'a' }, { a: 'b', b: 'a' }],
    ['a swap that was deployed before', { a: 'b', b: 'a' }, { a: 'b', b: 'a' }, { a: 'a', b: 'b' }],
    ['a circle', { a: null, b: null, c: null }, { a: 'c', b: 'a', c: 'b' }, { a: 'c', b: 'a', c: 'b' }],
    ['a chain', { a: null, b: null }, { b: 'a', c: 'b' }, { b: 'a', c: 'b' }],
    ['a name that takes the place of another', { a: null, b: null }, { b: 'a' }, { b: 'a' }],
    ['a rename whose previous name is used again', { a: null }, { a: null, b: 'a' }, { b: 'a' }],
    [
      'a chain whose first name is used again',
      { a: null, b: null },
      { a: null, b: 'a', c: 'b' },
      { b: 'a', c: 'b' },
    ],
    ['a hint to a missing name', { a: null }, { b: 'x' }, {}],
    ['a hint to its own name', { a: null }, { a: 'a' }, { a: 'a' }],
    [
      'a name that a hint moves on, and the next item that gets it',
      { b: 'a', a: null },
      { c: 'b', b: 'a' },
      { b: 'a', c: 'b' },
    ],
    ['an item that was added and renamed in skipped versions', { x: null }, { x: null, b: 'a' }, { x: 'x' }],
    ['a rename back in skipped versions', { a: null }, { a: 'b' }, { a: 'a' }],
    ['a hint that was forgotten at first', { b: null }, { b: 'a' }, { b: 'b' }],
    ['a list with the name before', { b: ['a'] }, { c: ['b', 'a'] }, { c: 'b' }],
    ['a list with an earlier name', { a: null }, { c: ['b', 'a'] }, { c: 'a' }],
    ['a list whose first name is used again', { a: null }, { a: null, c: ['b', 'a'] }, { c: 'a' }],
    ['a list that was deployed before', { a: null, b: ['a'] }, { a: null, b: ['a'] }, { a: 'a', b: 'b' }],
    ['a list after one name', { b: 'a', a: null }, { c: ['b', 'a'], a: null }, { a: 'a', c: 'b' }],
    ['a list that completes a name', { b: 'a', a: null }, { b: ['a', 'z'], a: null }, { a: 'a', b: 'b' }],
    ['a list of names that no item has', { x: null }, { x: null, c: ['b', 'a'] }, { x: 'x' }],
    ['a list with the name itself', { a: null }, { a: ['b', 'a'] }, { a: 'a' }],
    ['a list whose hint was forgotten at first', { b: null }, { c: ['b', 'a'] }, { c: 'b' }],
    [
      'names that were swapped before the last rename',
      { a: null, b: null },
      { c: ['b', 'a'], d: ['a', 'b'] },
      { c: 'a', d: 'b' },
    ],
    [
      'a list whose latest name is one that another item had',
      { b: null },
      { c: ['b', 'a'], d: ['b'] },
      { d: 'b' },
    ],
    ['names that every object has', { a: null }, { constructor: 'a' }, { constructor: 'a' }],
  ] as [string, Version, Version, Record<string, string>][])('follows %s', (_, before, after, expected) => {
    expect(Object.fromEntries(matchRenames(named(before), named(after)))).toEqual(expected);
  });

  it('rejects a hint that may have been applied before it was removed', () => {
    expect(() => matchRenames(named({ a: null, b: null }), named({ a: null, b: 'a' }))).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { name: 'b', renamedFrom: 'a' } }),
    );
  });

  it.each([
    ['by one name', { b: 'a', c: 'a' }],
    ['by a list and one name', { b: ['a'], c: 'a' }],
    ['by lists', { b: ['a'], c: ['b', 'a'] }],
  ] as [string, Version][])('refuses two things that come from the same %s', (_what, after) => {
    expect(() => matchRenames(named({ a: null }), named(after))).toThrow(
      expect.objectContaining({ code: 'invalid_request', details: { renamedFrom: 'a' } }),
    );
  });
});

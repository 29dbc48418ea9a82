import { describe, expect, it } from 'vitest';
import { matchRenames } from './match-renames.js';
import { unprovenRenames } from './unproven-renames.js';

type Version = Record<string, string | string[] | null>;

const named = (entries: Version) =>
  new Map(Object.entries(entries).map(([name, from]) => [name, from === null ? {} : { renamedFrom: from }]));

describe('unprovenRenames', () => {
  it.each([
    ['a chain whose first name is used again', { a: null }, { a: null, c: 'b' }, ['c']],
    ['an item that was added and renamed in skipped versions', { x: null }, { x: null, b: 'a' }, ['b']],
    ['a name that is moved on, with the hint that it has', { b: 'a' }, { c: 'b', b: 'a' }, ['b']],
    ['names that were swapped through a third name', { a: null, b: null }, { a: 'x', b: 'x' }, ['a', 'b']],
    ['a name that was passed on beside a rename', { a: null, b: null }, { c: 'a', b: 'x' }, ['b']],
    ['a plain rename', { a: null }, { b: 'a' }, []],
    ['an empty database', {}, { b: 'a' }, []],
    ['a rename that was deployed', { b: 'a', x: null }, { b: 'a', x: null, y: null }, []],
    ['a rename back', { a: null, x: null }, { a: 'b', x: null }, []],
    ['a hint to its own name', { a: null }, { a: null, b: 'b' }, []],
    ['a list of names that no item has', { x: null }, { x: null, c: ['b', 'a'] }, []],
    ['lists of two names that stay', { a: null, b: null }, { a: ['x'], b: ['x'] }, []],
  ] as [string, Version, Version, string[]][])('judges %s', (_what, before, after, expected) => {
    const [had, wants] = [named(before), named(after)];
    expect([...unprovenRenames(had, wants, matchRenames(had, wants))]).toEqual(expected);
  });
});

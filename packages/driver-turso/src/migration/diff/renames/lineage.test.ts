import { describe, expect, it } from 'vitest';
import {
  exactPredecessor,
  isApplied,
  type Lineage,
  latestPreviousName,
  likelyPredecessor,
} from './lineage.js';

const before = new Map<string, Lineage>([
  ['a', {}],
  ['b', { renamedFrom: ['a'] }],
  ['m', { renamedFrom: 'l' }],
]);
const nothing = () => false;
const from = (renamedFrom: Lineage['renamedFrom']) => ({ renamedFrom });

describe('latestPreviousName', () => {
  it.each([
    [undefined, undefined],
    [{}, undefined],
    [from('a'), 'a'],
    [from(['b', 'a']), 'b'],
  ])('reads %j', (thing, name) => {
    expect(latestPreviousName(thing)).toBe(name);
  });
});

describe('exactPredecessor', () => {
  it.each([
    ['the item of a single name', 'c', 'b', 'b'],
    ['nothing of a name that is not deployed', 'c', 'x', undefined],
    ['nothing of its own name', 'a', 'a', undefined],
    ['the latest item whose lineage matches', 'c', ['b', 'a'], 'b'],
    ['the earlier item if the later one has another lineage', 'c', ['b', 'x', 'a'], 'a'],
    ['an item that names only its latest previous name', 'n', ['m', 'l', 'k'], 'm'],
    ['nothing where that name differs', 'n', ['m', 'k'], undefined],
  ] as [string, string, string | string[], string | undefined][])('finds %s', (_what, name, hint, former) => {
    expect(exactPredecessor(name, from(hint), before, nothing)).toBe(former);
  });

  it('excludes items that are already matched', () => {
    expect(exactPredecessor('c', from(['b', 'a']), before, (name) => name === 'b')).toBe('a');
  });
});

describe('likelyPredecessor', () => {
  it.each([
    ['the latest deployed name of a list', ['x', 'm', 'a'], 'm'],
    ['nothing for a single name', 'm', undefined],
    ['nothing where none is deployed', ['x'], undefined],
  ] as [string, string | string[], string | undefined][])('finds %s', (_what, hint, former) => {
    expect(likelyPredecessor('c', from(hint), before, nothing)).toBe(former);
    expect(likelyPredecessor('c', from(hint), before, () => true)).toBeUndefined();
  });
});

describe('isApplied', () => {
  it.each([
    ['the same name', from('a'), from('a'), true],
    ['the same list', from(['b', 'a']), from(['b', 'a']), true],
    ['a list that completes a name', from(['b', 'a']), from('b'), true],
    ['another list', from(['b', 'a']), from(['b']), false],
    ['another name', from('a'), from('b'), false],
    ['no hint', {}, {}, false],
    ['nothing deployed', from('a'), undefined, false],
  ] as [string, Lineage, Lineage | undefined, boolean][])(
    'compares %s',
    (_what, thing, deployed, expected) => {
      expect(isApplied(thing, deployed)).toBe(expected);
    },
  );
});

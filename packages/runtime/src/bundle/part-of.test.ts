import { describe, expect, it } from 'vitest';
import { entriesOf, itemsOf, partOf, textOf } from './part-of.js';

describe('partOf', () => {
  it.each([null, undefined, 'a', 1, ['a'], {}, Object.create({ a: 1 })])('finds nothing in %j', (value) => {
    expect(partOf(value, 'a')).toBeUndefined();
  });

  it('finds the value of a key', () => {
    expect(partOf({ a: [1] }, 'a')).toEqual([1]);
  });
});

describe('readers of stored content', () => {
  it.each([null, 1, 'text', true])('skip %j', (value) => {
    expect([...itemsOf(value)]).toEqual([]);
    expect(entriesOf(value)).toEqual([]);
  });

  it('read texts, lists and objects', () => {
    expect([textOf('a'), textOf(1)]).toEqual(['a', undefined]);
    expect([...itemsOf(['a'])]).toEqual([[0, 'a']]);
    expect(entriesOf({ a: 1 })).toEqual([['a', 1]]);
  });
});

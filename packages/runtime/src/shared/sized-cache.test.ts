import { describe, expect, it } from 'vitest';
import { SizedCache } from './sized-cache.js';

describe('SizedCache', () => {
  it('drops the oldest values when all together are too large', () => {
    const cache = new SizedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.set('c', 'C', 4);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([undefined, 'B', 'C']);
  });

  it('counts a value that is replaced once, as the newest', () => {
    const cache = new SizedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.set('a', 'again', 6);
    expect(['a', 'b'].map((key) => cache.get(key))).toEqual(['again', 'B']);
    cache.set('c', 'C', 4);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['again', undefined, 'C']);
  });

  it('keeps the others when one is too large by itself, and forgets what it replaces', () => {
    const cache = new SizedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.set('b', 'large', 11);
    expect(['a', 'b'].map((key) => cache.get(key))).toEqual(['A', undefined]);
  });
});

import { describe, expect, it } from 'vitest';
import { ByteLimitedCache } from './byte-limited-cache.js';

describe('ByteLimitedCache', () => {
  it('evicts the oldest values when the total size exceeds the limit', () => {
    const cache = new ByteLimitedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.set('c', 'C', 4);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([undefined, 'B', 'C']);
  });

  it('counts a replaced value once, as the newest', () => {
    const cache = new ByteLimitedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.set('a', 'again', 6);
    expect(['a', 'b'].map((key) => cache.get(key))).toEqual(['again', 'B']);
    cache.set('c', 'C', 4);
    expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual(['again', undefined, 'C']);
  });

  it('ignores a value above the limit, and removes the value that it replaces', () => {
    const cache = new ByteLimitedCache<string>(10);
    cache.set('a', 'A', 4);
    cache.set('b', 'B', 4);
    cache.set('b', 'large', 11);
    expect(['a', 'b'].map((key) => cache.get(key))).toEqual(['A', undefined]);
  });
});

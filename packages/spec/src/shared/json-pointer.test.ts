import { describe, expect, it } from 'vitest';
import { toJsonPointer } from './json-pointer.js';

describe('toJsonPointer', () => {
  it.each([
    { path: [], pointer: '' },
    { path: ['a', 0, 'b'], pointer: '/a/0/b' },
    { path: ['a/b', '~'], pointer: '/a~1b/~0' },
    { path: [''], pointer: '/' },
  ])('writes $path as "$pointer"', ({ path, pointer }) => {
    expect(toJsonPointer(path)).toBe(pointer);
  });
});

import { describe, expect, it } from 'vitest';
import { toJsonPointer } from './json-pointer.js';

describe('toJsonPointer', () => {
  it.each([
    { path: [], pointer: '' },
    { path: ['objects', 0, 'fields', 'name'], pointer: '/objects/0/fields/name' },
    { path: ['a/b', '~c', ''], pointer: '/a~1b/~0c/' },
  ])('writes $pointer', ({ path, pointer }) => {
    expect(toJsonPointer(path)).toBe(pointer);
  });
});

import { describe, expect, it } from 'vitest';
import { componentText, copyComponent } from './component-text.js';

describe('copyComponent', () => {
  it('keeps the order of keys and does not change with the original', () => {
    const original = { name: 'all', columns: ['b', 'a'], filter: { z: 1, a: 2 } };
    const copy = copyComponent(original);
    const text = JSON.stringify(original);
    original.columns.push('c');
    expect(JSON.stringify(copy)).toBe(text);
    expect(componentText(copy)).toBe('{"columns":["b","a"],"filter":{"a":2,"z":1},"name":"all"}');
  });

  it('returns an immutable copy itself', () => {
    const copy = copyComponent({ columns: ['a'] });
    expect(copyComponent(copy)).toBe(copy);
    expect(() => (copy.columns as string[]).push('b')).toThrow(TypeError);
  });

  it('returns the same copy until the original changes', () => {
    const original: Record<string, unknown> = { columns: ['a'], limit: 1 };
    const copy = copyComponent(original);
    expect(copyComponent(original)).toBe(copy);
    original.limit = 2;
    expect(copyComponent(original)).toEqual({ columns: ['a'], limit: 2 });
    original.limit = null;
    expect(copyComponent(original)).toEqual({ columns: ['a'], limit: null });
  });

  it.each([[Number.NaN], [1n], [() => 1], [Symbol('a')], [{ toJSON: () => 1n }]])(
    'refuses a definition to which %o was added after it was copied',
    (value) => {
      const original: Record<string, unknown> = { columns: ['a'] };
      copyComponent(original);
      original.limit = value;
      expect(() => copyComponent(original)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    },
  );

  it.each([[{ a: Number.NaN }], [{ a: 1n }], [{ a: '\ud800' }]])(
    'refuses %o, which is not JSON',
    (definition) => {
      expect(() => copyComponent(definition)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
    },
  );
});

import { describe, expect, it } from 'vitest';
import { filePathOf } from './file-path-of.js';

describe('filePathOf', () => {
  it.each([
    ['file:///data/a.db', '/data/a.db'],
    ['file:/data/a.db', '/data/a.db'],
    ['file:///with%20space/%23%25%3F.db', '/with space/#%?.db'],
    ['file:relative/a%20b.db', 'relative/a b.db'],
  ])('reads %s', (url, path) => {
    expect(filePathOf(url)).toBe(path);
  });

  it.each(['file:', 'file:///a?mode=ro', 'file:///a#b', 'file://host/a', 'file:%zz', 'file:///a%00b'])(
    'refuses %s',
    (url) => {
      expect(() => filePathOf(url)).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
    },
  );

  it.each(['libsql://x.turso.io', 'https://x', ':memory:', '/just/a/path'])('refuses %s', (url) => {
    expect(() => filePathOf(url)).toThrow(expect.objectContaining({ code: 'configuration_invalid' }));
  });
});

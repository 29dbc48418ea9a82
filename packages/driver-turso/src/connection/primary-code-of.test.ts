import { describe, expect, it } from 'vitest';
import { PRIMARY_CODES, primaryCodeOf } from './primary-code-of.js';

describe('primaryCodeOf', () => {
  it.each([
    [10, 'SQLITE_IOERR'],
    [10 | (34 << 8), 'SQLITE_IOERR'],
    [14 | (5 << 8), 'SQLITE_CANTOPEN'],
    [26, 'SQLITE_NOTADB'],
    [28 | (1 << 8), 'SQLITE_WARNING'],
    [200, ''],
  ])('returns for %d the name %s', (resultCode, name) => {
    expect(primaryCodeOf(resultCode)).toBe(name);
  });

  it('has every code once', () => {
    expect(new Set(PRIMARY_CODES).size).toBe(29);
  });
});

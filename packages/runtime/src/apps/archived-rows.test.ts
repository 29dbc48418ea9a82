import { describe, expect, it } from 'vitest';
import { decodeRows, encodeRows } from './archived-rows.js';

const CHECKSUM = 'a'.repeat(64);

describe('encodeRows', () => {
  it('retains every value that SQLite stores', () => {
    const values = [null, '', '1', 0.1, 5e-324, -1.5, 9_007_199_254_740_993n, -(2n ** 63n)];
    const columns = values.map((_, index) => `c${index}`);
    const row = Object.fromEntries(values.map((value, index) => [`c${index}`, value]));
    const bytes = encodeRows('crm__account', columns, [row]);
    expect(decodeRows(bytes, CHECKSUM)).toEqual({ object: 'crm__account', columns, rows: [values] });
  });

  it('retains bytes, and binds whole numbers as integers', () => {
    const bytes = encodeRows('a', ['b', 'n'], [{ b: new Uint8Array([0, 255]), n: 3 }]);
    expect(decodeRows(bytes, CHECKSUM).rows).toEqual([[new Uint8Array([0, 255]), 3n]]);
  });
});

describe('decodeRows', () => {
  it.each([
    '',
    '[]',
    '{"object":"a","columns":[],"rows":[]}',
    '{"object":"a","columns":["b"],"rows":[[{}]]}',
  ])('rejects what is not a part of an archive: %s', (text) => {
    expect(() => decodeRows(new TextEncoder().encode(text), CHECKSUM)).toThrow(
      expect.objectContaining({ code: 'bundle_corrupt' }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { compareValues, MergedRows } from './merged-rows.js';

describe('MergedRows', () => {
  it('takes the extremes of texts, and ignores missing values', () => {
    const merged = new MergedRows({
      aggregations: [
        { function: 'min', field: 'name', alias: 'first' },
        { function: 'max', field: 'name', alias: 'last' },
        { function: 'sum', field: 'size', alias: 'size' },
      ],
    });
    merged.add([{ first: null, last: null, size: null }]);
    merged.add([{ first: 'b', last: 'z', size: 2 }]);
    merged.add([{ first: 'a', last: '\u{1F600}', size: null }]);
    merged.add([{ first: '\uFFFD', last: '\uFFFD', size: 0.5 }]);
    expect(merged.rows).toEqual([{ first: 'a', last: '\u{1F600}', size: 2.5 }]);
  });

  it('merges groups without a value, and sorts them first', () => {
    const merged = new MergedRows({
      groupBy: ['isOpen'],
      aggregations: [{ function: 'count', alias: 'n' }],
    });
    merged.add([
      { isOpen: true, n: 1 },
      { isOpen: null, n: 2 },
    ]);
    merged.add([
      { isOpen: false, n: 3 },
      { isOpen: null, n: 4 },
    ]);
    expect(merged.rows).toEqual([
      { isOpen: null, n: 6 },
      { isOpen: false, n: 3 },
      { isOpen: true, n: 1 },
    ]);
  });

  it('refuses sums that are not numbers', () => {
    const merged = new MergedRows({ aggregations: [{ function: 'sum', field: 'price', alias: 'total' }] });
    merged.add([{ total: '1.50' }]);
    expect(() => merged.add([{ total: '2.50' }])).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});

describe('compareValues', () => {
  it('compares texts by their UTF-8 bytes', () => {
    expect(compareValues('\uFFFD', '\u{1F600}')).toBeLessThan(0);
    expect(compareValues(null, undefined)).toBe(0);
    expect(compareValues('a', null)).toBe(1);
  });
});

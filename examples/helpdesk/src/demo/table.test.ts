import { describe, expect, it } from 'vitest';
import { formatTable } from './table.js';

describe('formatTable', () => {
  it('makes every column as wide as its widest cell', () => {
    expect(
      formatTable([
        ['a', 'bbb'],
        ['cc', 'd'],
      ]),
    ).toBe('a   bbb\ncc  d');
  });

  it('aligns the given columns to the right', () => {
    expect(
      formatTable(
        [
          ['x', '1'],
          ['y', '20'],
        ],
        new Set([1]),
      ),
    ).toBe('x   1\ny  20');
  });

  it('returns an empty text for no rows', () => {
    expect(formatTable([])).toBe('');
  });
});

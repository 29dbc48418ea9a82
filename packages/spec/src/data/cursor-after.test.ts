import { describe, expect, it } from 'vitest';
import { cursorAfter } from './cursor-after.js';

const record = {
  id: '7',
  size: 2,
  open: false,
  none: null,
  owner: { id: '3', name: 'Ann' },
  list: ['x'],
  odd: { name: 'x' },
};

describe('cursorAfter', () => {
  it('is the id of a record if the query has no order', () => {
    expect(cursorAfter(record)).toEqual({ id: '7' });
  });

  it('has the values of the orderBy fields, once each', () => {
    const orderBy = ['size', 'open', 'none', 'id', 'owner'].map((field) => ({
      field,
      order: 'desc' as const,
    }));
    expect(cursorAfter(record, orderBy)).toEqual({ size: 2, open: false, none: null, id: '7' });
  });

  it('uses the id of an expanded lookup, and ignores fields that are not in orderBy', () => {
    const orderBy = ['owner', 'list', 'odd', 'missing'].map((field) => ({ field }));
    expect(cursorAfter(record, orderBy)).toEqual({
      owner: '3',
      list: null,
      odd: null,
      missing: null,
      id: '7',
    });
  });
});

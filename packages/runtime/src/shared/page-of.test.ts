import { describe, expect, it } from 'vitest';
import { decodeCursor, isAfter } from './encode-cursor.js';
import { pageOf } from './page-of.js';

const AT = '2026-01-01T00:00:00.000Z';

describe('pageOf', () => {
  const items = ['c', 'b', 'a'].map((id) => ({ at: AT, id }));

  it('has a cursor exactly if an item follows', () => {
    const page = pageOf(items, 2, (item) => item);
    expect(page.items).toEqual(items.slice(0, 2));
    const after = decodeCursor(page.nextCursor ?? '');
    expect(items.filter((item) => isAfter(item, after))).toEqual(items.slice(2));
    expect(pageOf(items, 3, (item) => item).nextCursor).toBeNull();
    expect(pageOf([], 3, (item: { at: string; id: string }) => item)).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});

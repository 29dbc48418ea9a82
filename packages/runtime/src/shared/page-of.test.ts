import { describe, expect, it } from 'vitest';
import { fromCursor, isAfter, pageOf, toCursor } from './page-of.js';

const AT = '2026-01-01T00:00:00.000Z';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('fromCursor', () => {
  it('returns the position that the cursor was created from', () => {
    const position = { at: AT, id: 'ä/€' };
    expect(fromCursor(toCursor(position))).toEqual(position);
    expect(toCursor(position)).toMatch(/^[\w-]+$/);
  });

  it.each([
    'x',
    encode([AT]),
    encode([AT, 1]),
    encode([AT, '']),
    encode([AT, 'a\0']),
    encode(['yesterday', 'a']),
    `${toCursor({ at: AT, id: 'a' })}=`,
    `${toCursor({ at: AT, id: 'a' })}!`,
  ])('rejects %j', (cursor) => {
    expect(() => fromCursor(cursor)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        details: { issues: [expect.objectContaining({ path: '/cursor', code: 'invalid_cursor' })] },
      }),
    );
  });
});

describe('pageOf', () => {
  const items = ['c', 'b', 'a'].map((id) => ({ at: AT, id }));

  it('has a cursor exactly if an item follows', () => {
    const page = pageOf(items, 2, (item) => item);
    expect(page.items).toEqual(items.slice(0, 2));
    const after = fromCursor(page.nextCursor ?? '');
    expect(items.filter((item) => isAfter(item, after))).toEqual(items.slice(2));
    expect(pageOf(items, 3, (item) => item).nextCursor).toBeNull();
    expect(pageOf([], 3, (item: { at: string; id: string }) => item)).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});

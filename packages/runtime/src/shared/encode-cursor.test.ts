import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './encode-cursor.js';

const AT = '2026-01-01T00:00:00.000Z';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('decodeCursor', () => {
  it('returns the position that the cursor was created from', () => {
    const position = { at: AT, id: 'ä/€' };
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
    expect(encodeCursor(position)).toMatch(/^[\w-]+$/);
  });

  it.each([
    'x',
    encode([AT]),
    encode([AT, 1]),
    encode([AT, '']),
    encode([AT, 'a\0']),
    encode(['yesterday', 'a']),
    `${encodeCursor({ at: AT, id: 'a' })}=`,
    `${encodeCursor({ at: AT, id: 'a' })}!`,
  ])('rejects %j', (cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(
      expect.objectContaining({
        code: 'invalid_request',
        details: { issues: [expect.objectContaining({ path: '/cursor', code: 'invalid_cursor' })] },
      }),
    );
  });
});

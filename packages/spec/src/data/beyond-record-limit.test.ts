import { describe, expect, it } from 'vitest';
import { LIMITS } from '../shared/limits.js';
import { beyondRecordLimit } from './beyond-record-limit.js';

const { maxRecordBytes: MOST } = LIMITS;

describe('beyondRecordLimit', () => {
  it.each([
    ['ASCII', 'x', 1],
    ['two bytes', 'é', 2],
    ['three bytes', '€', 3],
    ['a surrogate pair', '🙂', 4],
  ])('counts the bytes of UTF-8: %s', (_what, character, bytes) => {
    const most = character.repeat(Math.floor(MOST / bytes) - 1);
    expect(beyondRecordLimit(new Map([['a', most]]))).toBeUndefined();
    expect(
      beyondRecordLimit(
        new Map([
          ['a', most + character.repeat(2)],
          ['b', 'x'],
        ]),
      ),
    ).toBe('a');
  });

  it('counts all texts together, and nothing else', () => {
    const half = 'x'.repeat(MOST / 2);
    expect(
      beyondRecordLimit(
        new Map<string, string | number | null>([
          ['a', half],
          ['b', half],
          ['c', 1],
          ['d', null],
        ]),
      ),
    ).toBeUndefined();
    expect(
      beyondRecordLimit(
        new Map([
          ['a', half],
          ['b', half],
          ['c', 'x'],
        ]),
      ),
    ).toBe('a');
  });
});

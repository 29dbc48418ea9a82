import { describe, expect, it } from 'vitest';
import { counted } from './counted.js';

describe('counted', () => {
  it.each([
    [0, '0 items'],
    [1, '1 item'],
    [1n, '1 item'],
    [2, '2 items'],
  ])('writes %s as %s', (count, expected) => {
    expect(counted(count, 'item')).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { isStorableText } from './encode-text.js';

describe('isStorableText', () => {
  it.each([
    ['', true],
    ['\u2028\n', true],
    ['a\0', false],
    ['\udc00', false],
  ])('of %j is %s', (text, expected) => {
    expect(isStorableText(text)).toBe(expected);
  });
});

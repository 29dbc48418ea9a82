import { describe, expect, it } from 'vitest';
import { encodeIntegerId, isIntegerId } from './encode-integer-id.js';

describe('isIntegerId', () => {
  it.each(['0', '1', '-1', '42', '9007199254740993', '9223372036854775807', '-9223372036854775808'])(
    'accepts the decimal notation of an integer of 64 bits: %s',
    (text) => {
      expect(isIntegerId(text)).toBe(true);
      expect(encodeIntegerId(text)).toEqual({ value: text });
    },
  );

  it.each([
    '',
    '-0',
    '00',
    '05',
    '+5',
    ' 5',
    '5 ',
    '5.0',
    '5e0',
    '0x5',
    'x',
    '٥',
    '9223372036854775808',
    '-9223372036854775809',
  ])('rejects every other text: %j', (text) => {
    expect(isIntegerId(text)).toBe(false);
    expect(encodeIntegerId(text)).toEqual({ rule: 'format' });
  });
});

describe('encodeIntegerId', () => {
  it.each([5, 5n, true, [], {}])('rejects a value that is no text: %s', (value) => {
    expect(encodeIntegerId(value)).toEqual({ rule: 'type' });
  });
});

import { describe, expect, it } from 'vitest';
import { portableSha256, sha256 } from './sha256.js';

describe('sha256', () => {
  it('returns the hash of the standard', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it.each(['', 'abc', 'é 😀', '\ud800', 'x'.repeat(100_000)])(
    'returns the same hash without Node (%#)',
    (text) => {
      expect(portableSha256(text)).toBe(sha256(text));
    },
  );
});

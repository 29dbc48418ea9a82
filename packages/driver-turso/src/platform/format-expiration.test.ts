import { describe, expect, it } from 'vitest';
import { expirationOf } from './expiration-of.js';
import { formatExpiration } from './format-expiration.js';

describe('formatExpiration', () => {
  it.each([
    [undefined, 'never'],
    [1, '1s'],
    [60, '1m'],
    [3_600, '1h'],
    [88_200, '1d30m'],
    [1_209_600, '2w'],
    [1_297_801, '2w1d30m1s'],
  ])('%s seconds are %s', (seconds, text) => {
    expect(formatExpiration(seconds)).toBe(text);
  });
});

describe('expirationOf', () => {
  const jwtWith = (claims: unknown) => `a.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c`;

  it('is that of the claims, which the server decided', () => {
    expect(expirationOf(jwtWith({ exp: 1_800_000_000 }), 60)).toBe('2027-01-15T08:00:00.000Z');
  });

  it.each(['', 'x', 'a.b.c', jwtWith({ exp: 'soon' }), jwtWith({ exp: 1e300 }), jwtWith(null)])(
    'is derived from the lifetime if the claims of %j have none',
    (jwt) => {
      expect(expirationOf(jwt, undefined)).toBeUndefined();
      const remaining = Date.parse(expirationOf(jwt, 3_600) ?? '') - Date.now();
      expect(Math.abs(remaining - 3_600_000)).toBeLessThan(60_000);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { KeyedRandom } from './keyed-random.js';

const KEY = new Uint8Array(32).fill(7);
const LIMITS = [1n, 2n, 3n, 4n, 5n, 7n, 10n, 26n, 99n, 100n, 366n, 1_000n];

describe('KeyedRandom', () => {
  it.each(LIMITS)('permutes the numbers below %s', (limit) => {
    const random = new KeyedRandom(KEY);
    const all = Array.from({ length: Number(limit) }, (_, value) => BigInt(value));
    const permuted = all.map((value) => random.permute(limit, value, 'a'));
    expect(permuted.toSorted((a, b) => Number(a - b))).toEqual(all);
  });

  it('depends on the key and on every input', () => {
    const random = new KeyedRandom(KEY);
    const limit = 10n ** 30n;
    const results = [
      random.permute(limit, 5n, 'a'),
      random.permute(limit, 5n, 'b'),
      random.permute(limit, 6n, 'a'),
      new KeyedRandom().permute(limit, 5n, 'a'),
      random.below(limit, 'a', 'b'),
      random.below(limit, 'ab'),
    ];
    expect(new Set(results).size).toBe(results.length);
    expect(results.every((value) => value >= 0n && value < limit)).toBe(true);
    expect(new KeyedRandom(KEY).permute(limit, 5n, 'a')).toBe(results[0]);
  });

  it('returns texts of any length', () => {
    const random = new KeyedRandom(KEY);
    expect(random.text(200, 'a')).toMatch(/^[a-z2-9]{200}$/);
    expect(random.text(200, 'a').startsWith(random.text(16, 'a'))).toBe(true);
    expect(random.text(16, 'b')).not.toBe(random.text(16, 'a'));
  });
});

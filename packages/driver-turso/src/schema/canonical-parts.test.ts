import { runSteps } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { canonicalParts } from './canonical-parts.js';
import { canonicalJson } from './hash-of.js';

const VALUES: unknown[] = [
  ...[1, 'a', null, true, [], {}, [undefined], { b: undefined }],
  { b: [{ z: 1, a: [{ d: 2, c: { y: 1, x: [3] } }] }, 'ä'], a: { 10: 1, 9: 2, '': 3, é: 4 } },
  { list: [[[[{ b: 1, a: 2 }]]]], text: '\u2028"\\' },
];

describe('canonicalParts', () => {
  it('is the canonical JSON, in parts', () => {
    for (const value of VALUES) expect(runSteps(canonicalParts(value)).join('')).toBe(canonicalJson(value));
    expect(runSteps(canonicalParts({ a: [1, 2] })).length).toBeGreaterThan(3);
  });

  it.each([NaN, 1n, '\ud800'])('refuses %s, which is not JSON', (value) => {
    expect(() => runSteps(canonicalParts({ a: [{ b: value }] }))).toThrow(
      expect.objectContaining({ code: 'invalid_request' }),
    );
  });
});

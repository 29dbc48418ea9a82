import { runSteps } from '@objectstack/spec/shared';
import canonicalize from 'canonicalize';
import { describe, expect, it } from 'vitest';
import { canonicalJsonSteps, reuseCanonicalText } from './canonical-json-steps.js';

const textOf = (value: unknown) => runSteps(canonicalJsonSteps(value)).join('');

describe('canonicalJsonSteps', () => {
  it.each([
    ['a scalar', 'é\u2028"\\\u0001'],
    ['null', null],
    ['numbers in ECMAScript notation', [0, -0, 1e21, 1e-7, 0.1, 123456789012345680000, -1.5, true, false]],
    ['keys sorted by UTF-16 code units', { '\u{1F600}': 1, '\uFB33': 2, b: 3, '': 4, a: 5, 10: 6, 9: 7 }],
    ['nesting', { b: [{ d: [], c: {} }, [[]]], a: { z: [1, { y: 2 }] } }],
    ['undefined values', { b: undefined, a: 1 }],
    ['a long list', Array.from({ length: 9_999 }, (_, index) => ({ name: `n${index}`, at: index }))],
  ])('serializes %s like the reference implementation', (_what, value) => {
    expect(textOf(value)).toBe(canonicalize(value));
  });

  it('serializes a value that is reused once, and everything that contains it as before', () => {
    let reads = 0;
    const part = Object.freeze({
      b: [1, { z: null, a: 'é' }],
      get a() {
        reads += 1;
        return 'x';
      },
    });
    const whole = () => ({ c: 1, parts: [{ part }], part });
    const expected = canonicalize(whole());
    reads = 0;
    reuseCanonicalText(part);
    expect([textOf(whole()), textOf(whole()), textOf(part)]).toEqual([
      expected,
      expected,
      canonicalize(part),
    ]);
    const readsOnce = reads;
    expect(textOf(whole())).toBe(expected);
    expect(reads).toBe(readsOnce);
  });

  it('yields within a large value, at any depth', () => {
    const values = Array.from({ length: 9_999 }, (_, index) => index);
    for (const value of [values, { a: { b: values } }, values.map((at) => ({ at }))]) {
      let pauses = 0;
      for (const steps = canonicalJsonSteps(value); !steps.next().done; ) pauses += 1;
      expect(pauses).toBeGreaterThanOrEqual(4);
    }
  });
});

import { runSteps } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { copySteps } from './copy-steps.js';

const VALUES: unknown[] = [
  ...[1, 'a', null, true, [], {}, [undefined, 1], { b: undefined, a: 1 }, new Date(0), [new Date(0)]],
  { a: [{ b: [{ c: { d: [1, { e: undefined }] } }] }], f: () => 1 },
  JSON.parse('{"__proto__":{"a":[1]}}'),
];

describe('copySteps', () => {
  it('copies like JSON', () => {
    for (const value of VALUES)
      expect(JSON.stringify(runSteps(copySteps(value)))).toBe(
        JSON.stringify(JSON.parse(JSON.stringify(value))),
      );
    expect(runSteps(copySteps(undefined))).toBeUndefined();
  });

  it('shares nothing with the value', () => {
    const value = { a: [{ b: [{ c: {} }] }] };
    const copy = runSteps(copySteps(value)) as typeof value;
    expect(copy).toEqual(value);
    for (const part of ['a', 'b', 'c']) expect(JSON.stringify(copy)).toContain(part);
    expect([copy.a[0] === value.a[0], copy.a[0]?.b[0] === value.a[0]?.b[0]]).toEqual([false, false]);
    expect(copy.a[0]?.b[0]?.c).not.toBe(value.a[0]?.b[0]?.c);
  });

  it('pauses between the items of lists, and throws for what is not JSON', () => {
    expect(copySteps({ a: [1, 2] }).next().done).toBe(false);
    const circle: unknown[] = [];
    circle.push(circle);
    expect(() => runSteps(copySteps(circle))).toThrow(TypeError);
  });
});

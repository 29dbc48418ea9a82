import { runSteps } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { isSameJson } from './hash-of.js';
import { sameJsonSteps } from './same-json-steps.js';

const deep = (leaf: unknown) => ({ a: [{ b: { c: [leaf] } }, 1], d: null });
const VALUES: unknown[] = [
  ...[1, '1', null, true, [], {}, [1], [1, 2], [2, 1], { a: 1 }, { a: 1, b: 2 }, { a: undefined, b: 2 }],
  ...[deep(1), deep('1'), deep({ x: 1, y: 2 }), deep({ y: 2, x: 1 }), { d: null, a: deep(1).a }, { b: 2 }],
  ...[JSON.parse('{"__proto__":{}}'), [null], { a: { b: 2, a: 1 } }, { a: { a: 1, b: 2 } }],
];

describe('sameJsonSteps', () => {
  it('agrees with isSameJson', () => {
    for (const a of VALUES)
      for (const b of VALUES) expect([a, b, runSteps(sameJsonSteps(a, b))]).toEqual([a, b, isSameJson(a, b)]);
  });

  it('pauses between the items of lists', () => {
    const list = (last: number) => ({ items: [...Array.from({ length: 10 }, (_, index) => [index]), last] });
    const steps = sameJsonSteps(list(1), list(2));
    let count = 0;
    while (!steps.next().done) count++;
    expect(count).toBeGreaterThan(9);
  });
});

import { runSteps, type Steps } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import {
  freezeDeeply,
  freezeDeeplyInSteps,
  isFrozenDeeply,
  memoizeFrozen,
  memoizeFrozenInSteps,
} from './freeze-deeply.js';

const value = () => ({ a: { b: [{ c: [{ d: 1 }] }, { c: [] }] } });

function isFrozenThroughout(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return true;
  return Object.isFrozen(item) && Object.values(item).every(isFrozenThroughout);
}

describe('freezeDeeplyInSteps', () => {
  it('freezes everything in a value, and only then says that it never changes', () => {
    const whole = value();
    const steps = freezeDeeplyInSteps(whole);
    expect(steps.next().done).toBe(false);
    expect(isFrozenDeeply(whole)).toBe(false);
    expect(runSteps(steps)).toBe(whole);
    expect([isFrozenDeeply(whole), isFrozenThroughout(whole)]).toEqual([true, true]);
  });

  it('leaves nothing frozen halfway where it stopped', () => {
    const whole = value();
    freezeDeeplyInSteps(whole).next();
    expect(isFrozenThroughout(freezeDeeply(whole))).toBe(true);
  });
});

describe('memoizeFrozenInSteps', () => {
  it('works once on a frozen value, and each time on any other, like memoizeFrozen', () => {
    let times = 0;
    function* work(): Steps<number> {
      yield;
      return ++times;
    }
    const inSteps = memoizeFrozenInSteps(work);
    const frozen = freezeDeeply(value());
    expect([1, 2].map(() => runSteps(inSteps(frozen)))).toEqual([1, 1]);
    expect([1, 2].map(() => runSteps(inSteps(value())))).toEqual([2, 3]);
    const atOnce = memoizeFrozen(() => ++times);
    expect([1, 2].map(() => atOnce(frozen))).toEqual([4, 4]);
  });
});

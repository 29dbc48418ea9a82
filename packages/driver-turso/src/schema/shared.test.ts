import { runSteps, type Steps } from '@objectstack/spec/shared';
import { describe, expect, it } from 'vitest';
import { isShared, once, onceSteps, share, shareSteps } from './share.js';

const value = () => ({ a: { b: [{ c: [{ d: 1 }] }, { c: [] }] } });

function isFrozenThroughout(item: unknown): boolean {
  if (typeof item !== 'object' || item === null) return true;
  return Object.isFrozen(item) && Object.values(item).every(isFrozenThroughout);
}

describe('shareSteps', () => {
  it('freezes everything in a value, and only then says that it never changes', () => {
    const whole = value();
    const steps = shareSteps(whole);
    expect(steps.next().done).toBe(false);
    expect(isShared(whole)).toBe(false);
    expect(runSteps(steps)).toBe(whole);
    expect([isShared(whole), isFrozenThroughout(whole)]).toEqual([true, true]);
  });

  it('leaves nothing frozen halfway where it stopped', () => {
    const whole = value();
    shareSteps(whole).next();
    expect(isFrozenThroughout(share(whole))).toBe(true);
  });
});

describe('onceSteps', () => {
  it('works once on a shared value, and each time on any other, like once', () => {
    let times = 0;
    function* work(): Steps<number> {
      yield;
      return ++times;
    }
    const inSteps = onceSteps(work);
    const shared = share(value());
    expect([1, 2].map(() => runSteps(inSteps(shared)))).toEqual([1, 1]);
    expect([1, 2].map(() => runSteps(inSteps(value())))).toEqual([2, 3]);
    const atOnce = once(() => ++times);
    expect([1, 2].map(() => atOnce(shared))).toEqual([4, 4]);
  });
});

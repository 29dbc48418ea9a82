import { describe, expect, it } from 'vitest';
import { runSteps, runStepsInTurns, type Steps } from './steps.js';

/** Counts to a number, and pauses after each step. */
function* countTo(most: number, counted: number[] = []): Steps<number> {
  for (let count = 1; count <= most; count++) {
    counted.push(count);
    yield;
  }
  return most;
}

function* fail(): Steps<never> {
  yield;
  throw new RangeError('no further');
}

describe('runSteps', () => {
  it('does all steps and returns their result', () => {
    const counted: number[] = [];
    expect(runSteps(countTo(3, counted))).toBe(3);
    expect(counted).toEqual([1, 2, 3]);
    expect(() => runSteps(fail())).toThrow(RangeError);
  });
});

describe('runStepsInTurns', () => {
  it('comes to the same result, or the same error', async () => {
    expect(await runStepsInTurns(countTo(3))).toBe(3);
    await expect(runStepsInTurns(fail())).rejects.toThrow(RangeError);
  });

  it('lets timers have their turn between the steps', async () => {
    let isTime = false;
    setTimeout(() => {
      isTime = true;
    }, 1);
    function* untilTimer(): Steps<boolean> {
      for (let step = 0; !isTime && step < 1_000_000; step++) yield;
      return isTime;
    }
    expect(await runStepsInTurns(untilTimer())).toBe(true);
  });

  it('stops with aborted between two steps', async () => {
    const caller = new AbortController();
    const counted: number[] = [];
    const counting = runStepsInTurns(countTo(3, counted), caller.signal);
    caller.abort();
    await expect(counting).rejects.toMatchObject({ code: 'aborted' });
    expect(counted).toEqual([1]);
  });
});

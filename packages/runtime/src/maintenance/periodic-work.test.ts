import { withResolvers } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { PeriodicWork } from './periodic-work.js';

/** A timer that a test lets go on. */
function manualTimer() {
  const pauses: number[] = [];
  let passed = withResolvers<void>();
  let begun = withResolvers<void>();
  const pause = async (milliseconds: number, signal: AbortSignal) => {
    pauses.push(milliseconds);
    begun.resolve();
    signal.addEventListener('abort', () => passed.resolve());
    await passed.promise;
  };
  /** Ends the pause, and waits for the next one. */
  const pass = async () => {
    await begun.promise;
    begun = withResolvers();
    const last = passed;
    passed = withResolvers();
    last.resolve();
    await begun.promise;
  };
  return { pauses, pause, pass };
}

describe('PeriodicWork', () => {
  it('works after each pause, whose lengths differ, until it is stopped', async () => {
    const { pauses, pause, pass } = manualTimer();
    const random = [0, 0.5, 1];
    let runs = 0;
    const periodic = new PeriodicWork({
      intervalMs: 1_000,
      pause,
      random: () => random[pauses.length % 3] ?? 0,
      work: async () => {
        runs++;
        if (runs === 1) throw new Error('The first run fails.');
      },
    });
    periodic.start();
    periodic.start();
    await pass();
    await pass();
    expect(runs).toBe(2);
    expect(pauses).toEqual([750, 1_000, 1_250]);
    await periodic.stop();
    await periodic.stop();
    expect(runs).toBe(2);
  });

  it('ends after the run in progress', async () => {
    const { pause, pass } = manualTimer();
    const [entered, released] = [withResolvers<void>(), withResolvers<void>()];
    let isDone = false;
    const work = async () => {
      entered.resolve();
      await released.promise;
      isDone = true;
    };
    const periodic = new PeriodicWork({ intervalMs: 1, pause, work });
    periodic.start();
    void pass();
    await entered.promise;
    const stopped = periodic.stop();
    released.resolve();
    await stopped;
    expect(isDone).toBe(true);
  });

  it('has no effect if it was stopped before it started', async () => {
    let runs = 0;
    const periodic = new PeriodicWork({ intervalMs: 1, work: async () => void runs++ });
    await periodic.stop();
    periodic.start();
    await periodic.stop();
    expect(runs).toBe(0);
  });
});

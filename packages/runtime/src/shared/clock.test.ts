import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../test/manual-clock.js';
import { type Clock, Period, systemClock, timeForDeletion } from './clock.js';

describe('systemClock', () => {
  it('returns the same time from both clocks while neither is set', () => {
    expect(Math.abs((systemClock.steadyMs?.() ?? 0) - systemClock.now().getTime())).toBeLessThan(60_000);
  });

  it('notices that the system clock was set', async () => {
    const period = new Period(systemClock, 60_000);
    expect(period.hasPassed).toBe(false);
    const forward = Date.now() + 60_000;
    const read = vi.spyOn(Date, 'now').mockReturnValue(forward);
    try {
      await delay(25);
      expect(period.hasPassed).toBe(true);
    } finally {
      read.mockRestore();
      await delay(25);
    }
    expect(period.hasPassed).toBe(false);
  });
});

describe('timeForDeletion', () => {
  it.each([
    ['forward', 5_000, 1_000, 1_000],
    ['back', 500, 1_000, 500],
  ])('is the earlier of both clocks when the system clock was set %s', (_, now, steady, expected) => {
    const clock: Clock = { now: () => new Date(now), steadyMs: () => steady };
    expect(timeForDeletion(clock).getTime()).toBe(expected);
  });

  it('is the system time of a clock without a monotonic time', () => {
    expect(timeForDeletion({ now: () => new Date(7) }).getTime()).toBe(7);
  });
});

describe('Period', () => {
  it('passes by the system clock', () => {
    const clock = new ManualClock();
    const period = new Period(clock, 5_000);
    clock.advance(4_999);
    expect(period.hasPassed).toBe(false);
    clock.advance(1);
    expect(period.hasPassed).toBe(true);
  });

  it('has passed when the system clock was set back', () => {
    const clock = new ManualClock();
    const period = new Period(clock, 5_000);
    clock.advance(-3);
    expect(period.hasPassed).toBe(true);
  });

  it('passes although the system clock stands still', async () => {
    const period = new Period(new ManualClock(), 5);
    await delay(10);
    expect(period.hasPassed).toBe(true);
  });

  it('has passed immediately without a duration', () => {
    expect(new Period(new ManualClock(), 0).hasPassed).toBe(true);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Slot } from './batch-slots.js';
import { timedSlot } from './timed-slot.js';

/** A slot for which every item waits for 500 ms. */
const waiting = (): Slot => ({
  enter: () => new Promise((resolve) => setTimeout(resolve, 500)),
  leave: () => {},
});

describe('timedSlot', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('measures what precedes and follows the wait, until now', async () => {
    const slot = timedSlot(waiting());
    vi.advanceTimersByTime(10);
    const entered = slot.enter();
    await vi.advanceTimersByTimeAsync(500);
    await entered;
    vi.advanceTimersByTime(30);
    expect(slot.elapsedMs()).toBe(40);
  });

  it('measures until the slot was left for the first time', () => {
    const slot = timedSlot(waiting());
    vi.advanceTimersByTime(20);
    slot.leave();
    vi.advanceTimersByTime(90);
    slot.leave();
    expect(slot.elapsedMs()).toBe(20);
  });
});

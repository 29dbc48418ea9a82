import type { Slot } from './batch-slots.js';

export interface TimedSlot extends Slot {
  /** Duration in milliseconds until the slot was left, or until now, without the time for which the item waited for it. */
  elapsedMs(): number;
}

/** A slot that measures how long its item takes: the estimate of a rollout divides the sum of these durations by the slots. */
export function timedSlot(slot: Slot): TimedSlot {
  const startedAt = performance.now();
  let waitedMs = 0;
  let leftAt: number | undefined;
  return {
    async enter() {
      const askedAt = performance.now();
      await slot.enter();
      waitedMs += performance.now() - askedAt;
    },
    leave() {
      leftAt ??= performance.now();
      slot.leave();
    },
    elapsedMs: () => (leftAt ?? performance.now()) - startedAt - waitedMs,
  };
}

/** What tells the time; a test may set it. */
export interface Clock {
  /** Time of day. May step back and forth when somebody sets the clock. */
  now(): Date;
  /**
   * Time of day when the process began plus what passed since, in milliseconds since 1970: not moved by setting the
   * clock. Absent: the clock is never set, so `now` is the same.
   */
  steadyMs?(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  steadyMs: () => performance.timeOrigin + performance.now(),
};

/**
 * The time by which data may be deleted for good: the earlier of both clocks, so that setting the clock forward while
 * a process runs never ends a grace period early. A process that waits too long catches up when it is started again.
 */
export function timeForDeletion(clock: Clock): Date {
  const now = clock.now();
  const steady = clock.steadyMs?.();
  return steady !== undefined && steady < now.getTime() ? new Date(steady) : now;
}

/**
 * A period that begins now. It has passed as soon as either clock says so: setting the clock back never prolongs it,
 * and neither does the sleep of a machine, during which a steady clock may stand still.
 */
export class Period {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #startedSteady: number;
  readonly #durationMs: number;

  constructor(clock: Clock, durationMs: number) {
    this.#clock = clock;
    this.#startedAt = clock.now().getTime();
    this.#startedSteady = performance.now();
    this.#durationMs = durationMs;
  }

  get hasPassed(): boolean {
    const elapsed = this.#clock.now().getTime() - this.#startedAt;
    if (elapsed < 0 || elapsed >= this.#durationMs) return true;
    return performance.now() - this.#startedSteady >= this.#durationMs;
  }
}

/** Source of time. Tests may replace it. */
export interface Clock {
  /** System time. May jump in both directions when the clock is set. */
  now(): Date;
  /**
   * Monotonic time: the system time at the start of the process plus the time elapsed since, in milliseconds since
   * 1970. Not affected by setting the clock. Absent: `now` is never set.
   */
  steadyMs?(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  steadyMs: () => performance.timeOrigin + performance.now(),
};

/**
 * The time that decides about permanent deletion: the earlier of both clocks, so that setting the clock forward while a
 * process runs never shortens a grace period. A process that is late catches up after its restart.
 */
export function timeForDeletion(clock: Clock): Date {
  const now = clock.now();
  const steady = clock.steadyMs?.();
  return steady !== undefined && steady < now.getTime() ? new Date(steady) : now;
}

/**
 * A period that begins now. It has passed as soon as either clock says so: it is not extended by setting the clock
 * back, nor by suspending the machine, during which the monotonic clock may stop.
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

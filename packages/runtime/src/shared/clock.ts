/** Source of time. Tests may replace it. */
export interface Clock {
  /** System time. May jump in both directions when the clock is set. */
  now(): Date;
  /**
   * Monotonic time: the system time at the start of the process plus the time elapsed since, in milliseconds since
   * 1970. Not affected by setting the clock. Absent: `now` is never set.
   */
  steadyMs?(): number;
  /**
   * System time at a monotonic time, the current value of `performance.now()`, in milliseconds since 1970. Cheaper than
   * `now`, and may notice up to 20 ms late that the clock was set. Absent: `now` is used.
   */
  systemMsAt?(monotonicMs: number): number;
}

const NOTICE_MS = 20;

/** Reads the system clock at most once in 20 ms: in between, the monotonic clock says how much time has elapsed. */
class SystemClock implements Clock {
  #offset = 0;
  #measuredAt = Number.NEGATIVE_INFINITY;

  now = () => new Date();
  steadyMs = () => performance.timeOrigin + performance.now();

  systemMsAt = (monotonicMs: number): number => {
    if (monotonicMs - this.#measuredAt >= NOTICE_MS) {
      this.#offset = Date.now() - monotonicMs;
      this.#measuredAt = monotonicMs;
    }
    return monotonicMs + this.#offset;
  };
}

export const systemClock: Clock = new SystemClock();

/**
 * The time that decides about permanent deletion: the earlier of both clocks, so that setting the clock forward while a
 * process runs never shortens a grace period. A process that is late catches up after its restart.
 */
export function timeForDeletion(clock: Clock): Date {
  const now = clock.now();
  const steady = clock.steadyMs?.();
  return steady !== undefined && steady < now.getTime() ? new Date(steady) : now;
}

/** Difference between two readings of the system clock that rounding explains, in milliseconds. */
const ROUNDING_MS = 2;

/**
 * A period that begins now. It has passed as soon as either clock says so: it is not extended by setting the clock
 * back, nor by suspending the machine, during which the monotonic clock may stop.
 */
export class Period {
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #startedMonotonic: number;
  readonly #durationMs: number;

  constructor(clock: Clock, durationMs: number) {
    this.#clock = clock;
    this.#startedMonotonic = performance.now();
    this.#startedAt = this.#systemMs(this.#startedMonotonic);
    this.#durationMs = durationMs;
  }

  get hasPassed(): boolean {
    const monotonicMs = performance.now();
    if (monotonicMs - this.#startedMonotonic >= this.#durationMs) return true;
    const elapsed = this.#systemMs(monotonicMs) - this.#startedAt;
    return elapsed < -ROUNDING_MS || elapsed >= this.#durationMs;
  }

  #systemMs(monotonicMs: number): number {
    const { systemMsAt } = this.#clock;
    return systemMsAt ? systemMsAt(monotonicMs) : this.#clock.now().getTime();
  }
}

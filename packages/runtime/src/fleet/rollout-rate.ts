import { pause } from '../shared/pause.js';

interface Waiting {
  /** Monotonic time in milliseconds. */
  readonly now: () => number;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Lets one caller pass in each interval. Undefined without a rate. */
export function rolloutRate(
  perSecond: number | undefined,
  { now, wait }: Waiting = { now: () => performance.now(), wait: pause },
): ((signal: AbortSignal) => Promise<void>) | undefined {
  if (perSecond === undefined) return undefined;
  let next = 0;
  return async (signal) => {
    const at = now();
    const turn = Math.max(at, next);
    next = turn + 1_000 / perSecond;
    if (turn > at) await wait(turn - at, signal);
  };
}

import { pause } from './pause.js';

/** How long a call waits for the write lock, and the pauses between its attempts. */
export interface Patience {
  readonly signal: AbortSignal | undefined;
  /** In the time of `performance.now()`. An attempt can postpone it. */
  until: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

/**
 * Runs work again while another connection holds the write lock (SQLITE_BUSY), with a growing random pause between two
 * attempts. The work must have no effect when it fails because of the lock. Throws its last error.
 */
export async function retryWhileBusy<T>(
  patience: Patience,
  isBusy: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  const { signal, firstPauseMs, longestPauseMs } = patience;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= patience.until) throw error;
    }
    await pause(pauseMs * (0.5 + Math.random()), signal);
  }
}

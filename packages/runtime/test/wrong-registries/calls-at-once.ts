/**
 * The order of calls that several processes make at once, whatever each of them takes: what they read first is read by
 * all of them before one of them writes.
 */
export function callsAtOnce(): CallsAtOnce {
  const running = new Set<Promise<unknown>>();
  return {
    run: async (call) => {
      const result = call();
      running.add(result);
      try {
        return await result;
      } finally {
        running.delete(result);
      }
    },
    ended: async () => {
      await Promise.allSettled(running);
    },
  };
}

export interface CallsAtOnce {
  /** Runs a call that `ended` waits for. */
  readonly run: <T>(call: () => Promise<T>) => Promise<T>;
  /** Waits until the calls that run now have ended. */
  readonly ended: () => Promise<void>;
}

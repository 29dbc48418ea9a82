import { throwIfAborted } from './throw-if-aborted.js';

/**
 * Returns the result of the work; rejects with `aborted` as soon as the caller aborts, while the work continues in the
 * background.
 */
export async function unlessAborted<T>(
  work: T | PromiseLike<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return work;
  let giveUp: () => void = () => {};
  const aborted = new Promise<void>((resolve) => {
    giveUp = resolve;
  });
  signal.addEventListener('abort', giveUp);
  try {
    await Promise.race([work, signal.aborted ? undefined : aborted]);
    throwIfAborted(signal);
    return await work;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

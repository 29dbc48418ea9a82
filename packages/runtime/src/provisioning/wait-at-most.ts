import { setTimeout as pause } from 'node:timers/promises';
import type { CallOptions } from '@objectstack/spec/contracts';
import type { BackgroundWork } from './background-work.js';

/** Longest time that a timer of Node.js supports. */
export const LONGEST_WAIT_MS = 2_147_483_647;

/**
 * The result of the work, or undefined if it takes longer than that; then it continues in the background. It ends when the
 * caller aborts it while it waits, or when the runtime is closed.
 */
export async function waitAtMost<T>(
  background: BackgroundWork,
  { waitMs, options }: { waitMs: number | undefined; options: CallOptions },
  start: (options: CallOptions) => Promise<T>,
): Promise<T | undefined> {
  const caller = new AbortController();
  const abort = () => caller.abort(options.signal?.reason);
  if (options.signal?.aborted) abort();
  options.signal?.addEventListener('abort', abort, { once: true });
  const signal = AbortSignal.any([background.signal, caller.signal]);
  const started = start({ ...options, signal });
  background.add(started);
  const work = background.whileOpen(started);
  const ended = () => options.signal?.removeEventListener('abort', abort);
  if (waitMs === undefined) return work.finally(ended);
  const waiting = new AbortController();
  const waited = pause(waitMs, undefined, { signal: waiting.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, waited]);
  } finally {
    waiting.abort();
    ended();
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import { throwIfAborted } from '@objectstack/spec/shared';

/** Waits. Rejects with `aborted` as soon as the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await delay(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined);
  throwIfAborted(signal);
}

import { setTimeout as pause } from 'node:timers/promises';
import { ObjectStackError, throwIfAborted, unlessAborted } from '@objectstack/spec/shared';

const RETRY_MS = 200;
const ANSWERS_WITHIN_MS = 60_000;

/**
 * Reads a new database until it answers: a remote platform may make it known to its server some seconds later. Rejects with
 * `aborted` at once, also while a server does not answer.
 */
export async function awaitAnswer(
  read: () => Promise<unknown>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = performance.now() + ANSWERS_WITHIN_MS;
  for (;;) {
    try {
      await unlessAborted(read(), signal);
      return;
    } catch (error) {
      const isUnknown = ObjectStackError.isInstance(error, 'database_not_found');
      if (!isUnknown || performance.now() > deadline) throw error;
    }
    throwIfAborted(signal);
    await pause(RETRY_MS);
  }
}

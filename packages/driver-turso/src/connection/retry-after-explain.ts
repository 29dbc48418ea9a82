import { collectClosedClients } from './collect-closed-clients.js';
import { isLocked } from './map-error.js';

/*
 * SQLite treats an explained statement as running until it is reset, and refuses to drop a table or index while one runs.
 * The native library never resets statements; the garbage collector does. With a single connection, SQLITE_LOCKED has no other
 * cause.
 */

/** Runs work that has no effect when it fails. Retries it after collecting earlier explained statements if they blocked it. */
export async function retryAfterExplain<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLocked(error)) throw error;
    await collectClosedClients();
    return work();
  }
}

import { collectClosedClients } from './descriptors.js';
import { isLocked } from './map-error.js';

/*
 * SQLite counts an explained statement as running until it is reset, and drops no table or index while one runs. The
 * client resets no statement; the garbage collector does. A single connection meets no other reason for SQLITE_LOCKED.
 */

/** Runs work that has no effect when it fails; again, without earlier explained statements, when they stood in its way. */
export async function afterExplained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLocked(error)) throw error;
    await collectClosedClients();
    return work();
  }
}

import { FifoLock } from './fifo-lock.js';

/**
 * Lets one writer at a time into a database, in the order of the requests. The statements of one process share one
 * connection, so a statement outside of a transaction also waits until the open transaction has been completed.
 */
export class WriteLock extends FifoLock {}

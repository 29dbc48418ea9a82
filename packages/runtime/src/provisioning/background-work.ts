import { setMaxListeners } from 'node:events';
import { ObjectStackError, unlessAborted } from '@objectstack/spec/shared';
import { runtimeClosed } from '../shared/refused-when-closed.js';

/** Work that continues after the call that started it has returned, until the runtime is closed. */
export class BackgroundWork {
  readonly #running = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();

  constructor() {
    // One for each call in progress.
    setMaxListeners(0, this.#stopping.signal);
  }

  /** Aborted when the work is to end before its next effect. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Keeps the work until it ends. Its errors are recorded by the work itself. */
  add(work: Promise<unknown>): void {
    const kept = work.catch(() => undefined).finally(() => this.#running.delete(kept));
    this.#running.add(kept);
  }

  /**
   * The result of the work, or `runtime_closed` as soon as the runtime is closed, even if the work waits for an answer that
   * never comes. Work that ended because of that was not aborted by its caller.
   */
  async whileOpen<T>(work: Promise<T>): Promise<T> {
    try {
      return await unlessAborted(work, this.signal);
    } catch (error) {
      const isClosed = this.signal.aborted && ObjectStackError.isInstance(error, 'aborted');
      throw isClosed ? runtimeClosed() : error;
    }
  }

  /** Ends all work before its next effect. Idempotent. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }
}

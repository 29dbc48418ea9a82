import { abortedError, throwIfAborted } from '@objectstack/spec/shared';
import { EMPTY_STORE, type MemoryStore } from './memory-store.js';

/** State shared by several drivers: the store and the queue for transactions. */
export class MemoryDatabase {
  store: MemoryStore = EMPTY_STORE;
  #isTaken = false;
  readonly #queue: (() => void)[] = [];

  /** Waits for the turn. Rejects with `aborted` if the caller aborts in the meantime. */
  async take(signal?: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    if (!this.#isTaken) {
      this.#isTaken = true;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const next = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(next), 1);
        reject(abortedError());
      };
      this.#queue.push(next);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  release(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#isTaken = false;
  }
}

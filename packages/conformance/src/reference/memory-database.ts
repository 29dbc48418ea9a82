import type { DriverCapabilities } from '@objectstack/spec/data';
import { abortedError, throwIfAborted } from '@objectstack/spec/shared';
import { MEMORY_CAPABILITIES } from './memory-capabilities.js';
import { emptyStore, type MemoryStore } from './memory-store.js';

/** State shared by several drivers: the store and the queue for transactions. */
export class MemoryDatabase {
  /** Capabilities of its drivers. A guarantee that is missing is not given. */
  readonly supports: DriverCapabilities;
  /** Whether this is not a database: drivers cannot connect to it. */
  readonly isDamaged: boolean;
  store: MemoryStore;
  #isTaken = false;
  readonly #queue: (() => void)[] = [];

  constructor(
    supports: DriverCapabilities = MEMORY_CAPABILITIES,
    { isDamaged = false }: { isDamaged?: boolean } = {},
  ) {
    this.isDamaged = isDamaged;
    this.supports = supports;
    this.store = emptyStore(supports);
  }

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

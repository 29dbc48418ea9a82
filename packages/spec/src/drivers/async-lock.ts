import { throwIfAborted } from '../shared/throw-if-aborted.js';

/** A lock that one holder has at a time, in the order in which they asked for it. */
export class AsyncLock {
  #isHeld = false;
  readonly #waiting: (() => void)[] = [];

  /** Waits for the lock, and returns the function that releases it. Rejects with `aborted`. */
  async acquire(signal?: AbortSignal): Promise<() => void> {
    throwIfAborted(signal);
    if (this.#isHeld) await this.#wait(signal);
    this.#isHeld = true;
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const next = this.#waiting.shift();
      if (next) next();
      else this.#isHeld = false;
    };
  }

  /** Runs the work while it has the lock. */
  async run<T>(signal: AbortSignal | undefined, work: () => T | Promise<T>): Promise<T> {
    const release = await this.acquire(signal);
    try {
      return await work();
    } finally {
      release();
    }
  }

  /** Waits until the lock is handed over. Throws `aborted` for a caller that leaves the queue before. */
  async #wait(signal: AbortSignal | undefined): Promise<void> {
    let leave = () => {};
    try {
      const isHanded = await new Promise<boolean>((resolve) => {
        const proceed = () => resolve(true);
        this.#waiting.push(proceed);
        leave = () => {
          const at = this.#waiting.indexOf(proceed);
          if (at < 0) return;
          this.#waiting.splice(at, 1);
          resolve(false);
        };
        signal?.addEventListener('abort', leave);
      });
      if (!isHanded) throwIfAborted(signal);
    } finally {
      signal?.removeEventListener('abort', leave);
    }
  }
}

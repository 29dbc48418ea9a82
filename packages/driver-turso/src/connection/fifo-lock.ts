import { throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
/** Mutual exclusion lock that is granted in the order of the requests. */
export class FifoLock {
  #tail: Promise<void> = Promise.resolve();
  #held = 0;

  /** Whether the lock is held or waited for. */
  get busy(): boolean {
    return this.#held > 0;
  }

  /**
   * Resolves with the function that releases the lock; calling it again has no effect. A caller that aborts while waiting
   * leaves the queue with `aborted`; the order of the others is unchanged.
   */
  async acquire(signal?: AbortSignal): Promise<() => void> {
    throwIfAborted(signal);
    const before = this.#tail;
    let open: () => void = () => {};
    this.#tail = new Promise((resolve) => {
      open = resolve;
    });
    this.#held++;
    let released = false;
    const release = () => {
      if (released) return;
      released = true;
      this.#held--;
      open();
    };
    try {
      await unlessAborted(before, signal);
      return release;
    } catch (error) {
      before.then(release);
      throw error;
    }
  }

  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const release = await this.acquire(signal);
    try {
      return await work();
    } finally {
      release();
    }
  }
}

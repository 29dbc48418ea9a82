import { throwIfAborted, unlessAborted } from '@objectstack/spec/shared';
/** Lets one holder in at a time, in the order in which they came. */
export class FifoLock {
  #tail: Promise<void> = Promise.resolve();
  #held = 0;

  /** Whether somebody holds the lock or waits for it. */
  get busy(): boolean {
    return this.#held > 0;
  }

  /**
   * Resolves with the function that lets the next one in; calling it again does nothing. Who gives up while waiting
   * leaves the queue with `aborted`, and those behind keep their places.
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

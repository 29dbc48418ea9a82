/** Lets one holder in at a time, in the order in which they came. */
export class FifoLock {
  #tail: Promise<void> = Promise.resolve();
  #held = 0;

  /** Whether somebody holds the lock or waits for it. */
  get busy(): boolean {
    return this.#held > 0;
  }

  /** Resolves with the function that lets the next one in; calling it again does nothing. */
  async acquire(): Promise<() => void> {
    const before = this.#tail;
    let open: () => void = () => {};
    this.#tail = new Promise((resolve) => {
      open = resolve;
    });
    this.#held++;
    await before;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#held--;
      open();
    };
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }
}

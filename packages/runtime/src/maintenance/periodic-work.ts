import { setTimeout as wait } from 'node:timers/promises';

/** Part of the interval by which the pauses of several processes differ. */
const JITTER = 0.25;

export interface PeriodicWorkOptions {
  /** Average pause between two runs, in milliseconds. */
  readonly intervalMs: number;
  /** An error ends its run only, and is not reported: the work itself must log it. */
  readonly work: () => Promise<unknown>;
  /** Absent: a timer that does not keep the process running. */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Between 0 and 1. Absent: random. */
  readonly random?: () => number;
}

const pauseWithTimer = (milliseconds: number, signal: AbortSignal) =>
  wait(milliseconds, undefined, { signal, ref: false });

/** Repeats a work with pauses of different lengths, so that processes that start together do not work together. */
export class PeriodicWork {
  readonly #options: PeriodicWorkOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: PeriodicWorkOptions) {
    this.#options = options;
  }

  /** Begins with a pause. A repeated call has no effect. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the run in progress. Idempotent. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { work, intervalMs, pause = pauseWithTimer, random = Math.random } = this.#options;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const milliseconds = intervalMs * (1 + JITTER * (2 * random() - 1));
      await pause(milliseconds, signal).catch(() => undefined);
      if (!signal.aborted) await work().catch(() => undefined);
    }
  }
}

import { driveRollout } from './drive-rollout.js';
import type { FleetContext } from './fleet-context.js';
import type { RolloutLease } from './rollout-lease.js';

interface Running {
  done: Promise<void>;
  lease?: RolloutLease;
  isHalted: boolean;
}

/** The rollouts that this process drives. */
export class DrivenRollouts {
  readonly #running = new Map<string, Running>();

  constructor(private readonly context: FleetContext) {}

  /** Drives the rollout in the background, unless this process already does. */
  start(rolloutId: string): void {
    const previous = this.#running.get(rolloutId);
    if (previous && !previous.isHalted && !previous.lease?.signal.aborted) return;
    const { background } = this.context;
    const running: Running = { done: Promise.resolve(), isHalted: false };
    running.done = (previous?.done ?? Promise.resolve())
      .catch(() => undefined)
      .then(() =>
        driveRollout(this.context, rolloutId, {
          signal: background.signal,
          onLease: (lease) => {
            running.lease = lease;
            if (running.isHalted) lease.halt();
          },
        }),
      )
      .finally(() => {
        if (this.#running.get(rolloutId) === running) this.#running.delete(rolloutId);
      });
    running.done.catch(() => undefined);
    this.#running.set(rolloutId, running);
    background.add(running.done);
  }

  /** Starts no further tenant of the rollout in this process. */
  halt(rolloutId: string): void {
    const running = this.#running.get(rolloutId);
    if (!running) return;
    running.isHalted = true;
    running.lease?.halt();
  }

  /** Ends a pause of the rollout, if this process drives it. */
  wake(rolloutId: string): void {
    this.#running.get(rolloutId)?.lease?.wake();
  }

  /** Whether this process drives the rollout. */
  has(rolloutId: string): boolean {
    return this.#running.has(rolloutId);
  }

  /** Resolves when this process does not drive the rollout; rejects if it had to give up. */
  async ended(rolloutId: string): Promise<void> {
    await this.#running.get(rolloutId)?.done;
  }
}

import type { RolloutStatus } from '@objectstack/spec/system';
import { pause } from '../shared/pause.js';
import { type FleetContext, instantIn, instantNow } from './fleet-context.js';

/** Duration of a lease without a heartbeat: how long another process waits after the holder was killed. */
const ROLLOUT_LEASE_MS = 30_000;
const HEARTBEAT_MS = 1_000;
const EXTENDED_EVERY = 10;
const RELEASED_AT = new Date(0).toISOString();
const RELEASE_ATTEMPTS = 3;

/**
 * Exclusive right to drive a rollout. Its heartbeat also notices that another process has paused or ended the rollout, or
 * rolls it back. `signal` is aborted when no further tenant may be started: the lease was taken over, or the status has
 * changed. Writes to the registry carry the token of the lease, and what is done to a tenant is idempotent.
 */
export class RolloutLease {
  readonly token: number;
  readonly #halt = new AbortController();
  readonly #context: FleetContext;
  readonly #rolloutId: string;
  readonly #timer: NodeJS.Timeout;
  /** Status of the rollout that the holder acts on. */
  #served: RolloutStatus | undefined;
  #beats = 0;
  #beating: Promise<void> | undefined;
  #isWoken = false;
  #sleeping: AbortController | undefined;

  private constructor(context: FleetContext, rolloutId: string, token: number) {
    this.#context = context;
    this.#rolloutId = rolloutId;
    this.token = token;
    this.#timer = setInterval(() => {
      // One at a time: a slow one must not be overtaken by the next.
      this.#beating ??= this.#beat()
        .catch(() => undefined)
        .finally(() => {
          this.#beating = undefined;
        });
    }, HEARTBEAT_MS).unref();
  }

  /** Takes the lease; null if another process holds it. */
  static async take(context: FleetContext, rolloutId: string): Promise<RolloutLease | null> {
    const lease = { now: instantNow(context), until: instantIn(context, ROLLOUT_LEASE_MS) };
    const token = await context.registry.takeRolloutLease(rolloutId, lease);
    return token === null ? null : new RolloutLease(context, rolloutId, token);
  }

  get signal(): AbortSignal {
    return this.#halt.signal;
  }

  /** Halts the lease as soon as the rollout no longer has this status. */
  serve(status: RolloutStatus): void {
    this.#served = status;
  }

  halt(): void {
    this.#halt.abort();
    this.#sleeping?.abort();
  }

  /** Waits for the time, or until `wake` is called, also before this call, or the lease is halted. */
  async sleep(milliseconds: number): Promise<void> {
    if (!this.#isWoken && !this.signal.aborted) {
      this.#sleeping = new AbortController();
      await pause(milliseconds, this.#sleeping.signal);
    }
    this.#isWoken = false;
  }

  wake(): void {
    this.#isWoken = true;
    this.#sleeping?.abort();
  }

  /**
   * Ends the heartbeat and the lease, if it was not taken over. A heartbeat in progress would extend a released lease, so it
   * ends first. If the release fails, the lease ends by itself, and until then the rollout has to wait.
   */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    const lease = { token: this.token, until: RELEASED_AT };
    for (let left = RELEASE_ATTEMPTS; left > 0; left--)
      try {
        await this.#context.registry.extendRolloutLease(this.#rolloutId, lease);
        return;
      } catch {}
  }

  /** The cause of a failed heartbeat may be temporary: the next one tries again. */
  async #beat(): Promise<void> {
    const { registry } = this.#context;
    if (this.#beats++ % EXTENDED_EVERY === 0) {
      const lease = { token: this.token, until: instantIn(this.#context, ROLLOUT_LEASE_MS) };
      if (!(await registry.extendRolloutLease(this.#rolloutId, lease))) this.halt();
    }
    const served = this.#served;
    const record = await registry.getRollout(this.#rolloutId);
    if (served !== undefined && served === this.#served && record?.status !== served) this.halt();
  }
}

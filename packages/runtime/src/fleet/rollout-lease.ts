import { type FleetContext, instantIn, instantNow } from './fleet-context.js';

/** Duration of a lease without a heartbeat: how long another process waits after the holder was killed. */
const ROLLOUT_LEASE_MS = 30_000;
const HEARTBEAT_MS = 1_000;
const EXTENDED_EVERY = 10;
const RELEASED_AT = new Date(0).toISOString();

/**
 * Exclusive right to drive a rollout. Its heartbeat also notices that another process has paused or ended the rollout.
 * `halt` is aborted when no further tenant may be started: the lease was taken over, or the status has changed. Writes to the registry carry the
 * token of the lease, and what is done to a tenant is idempotent.
 */
export class RolloutLease {
  readonly token: number;
  readonly #halt = new AbortController();
  readonly #context: FleetContext;
  readonly #rolloutId: string;
  readonly #timer: NodeJS.Timeout;
  #beats = 0;

  private constructor(context: FleetContext, rolloutId: string, token: number) {
    this.#context = context;
    this.#rolloutId = rolloutId;
    this.token = token;
    this.#timer = setInterval(() => void this.#beat().catch(() => undefined), HEARTBEAT_MS).unref();
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

  halt(): void {
    this.#halt.abort();
  }

  /** Ends the heartbeat and the lease, if it was not taken over. If this fails, the lease ends by itself. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    const lease = { token: this.token, until: RELEASED_AT };
    await this.#context.registry.extendRolloutLease(this.#rolloutId, lease).catch(() => false);
  }

  /** The cause of a failed heartbeat may be temporary: the next one tries again. */
  async #beat(): Promise<void> {
    const { registry } = this.#context;
    if (this.#beats++ % EXTENDED_EVERY === 0) {
      const lease = { token: this.token, until: instantIn(this.#context, ROLLOUT_LEASE_MS) };
      if (!(await registry.extendRolloutLease(this.#rolloutId, lease))) this.halt();
    }
    const record = await registry.getRollout(this.#rolloutId);
    if (record?.status !== 'running' && record?.status !== 'rolling_back') this.halt();
  }
}

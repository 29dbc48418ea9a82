import type { LeaseRequest } from '@objectstack/spec/contracts';
import type { ProvisioningStepName } from '@objectstack/spec/system';
import { instantIn, instantNow, type ProvisioningContext } from './provisioning-context.js';

/** Duration of a lease without a heartbeat: how long another process waits after the holder was killed. */
export const LEASE_MS = 30_000;
const HEARTBEAT_MS = 10_000;
const RELEASED_AT = new Date(0).toISOString();

/**
 * Exclusive right to provision a tenant. A process that is paused until another one has taken the lease over cannot write
 * to the registry any more: each of its writes carries the token of its lease. What it does on the platform is idempotent.
 */
export class ProvisioningLease {
  readonly token: number;
  readonly #context: ProvisioningContext;
  readonly #tenantId: string;
  readonly #timer: NodeJS.Timeout;
  #isReleased = false;

  private constructor(context: ProvisioningContext, tenantId: string, token: number) {
    this.#context = context;
    this.#tenantId = tenantId;
    this.token = token;
    this.#timer = setInterval(() => this.#extend(), HEARTBEAT_MS).unref();
  }

  /** Takes the lease, and starts the step; null if another process holds it. */
  static async take(
    context: ProvisioningContext,
    tenantId: string,
    step: ProvisioningStepName,
  ): Promise<ProvisioningLease | null> {
    const token = await context.registry.takeLease(tenantId, ProvisioningLease.request(context, step));
    return token === null ? null : new ProvisioningLease(context, tenantId, token);
  }

  /** A lease that was taken when the tenant was added. */
  static taken(context: ProvisioningContext, tenantId: string, token: number): ProvisioningLease {
    return new ProvisioningLease(context, tenantId, token);
  }

  /** Request for a new lease, with which a step starts. */
  static request(context: ProvisioningContext, step: ProvisioningStepName): LeaseRequest {
    return { now: instantNow(context), until: instantIn(context, LEASE_MS), step };
  }

  /** Notes that a write with the token released the lease together with the status of the tenant. */
  releasedWithStatus(): void {
    this.#isReleased = true;
  }

  /** Ends the heartbeat and the lease, if it is still held. If this fails, the lease ends by itself. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#isReleased) return;
    const lease = { token: this.token, until: RELEASED_AT };
    await this.#context.registry.extendLease(this.#tenantId, lease).catch(() => false);
  }

  /** The cause of a failed heartbeat may be temporary: the next one tries again. */
  async #extend(): Promise<void> {
    const lease = { token: this.token, until: instantIn(this.#context, LEASE_MS) };
    const isHeld = await this.#context.registry.extendLease(this.#tenantId, lease).catch(() => true);
    if (!isHeld) clearInterval(this.#timer);
  }
}

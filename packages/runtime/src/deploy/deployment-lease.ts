import { randomUUID } from 'node:crypto';
import type { DeploymentGuard } from '@objectstack/spec/contracts';
import type { DeploymentRecord } from '@objectstack/spec/system';
import { timeForDeletion } from '../shared/clock.js';
import type { DeployContext } from './deploy-context.js';

/** Interval at which the process of a deployment extends its lease. */
export const HEARTBEAT_MS = 60_000;
/** Duration of a lease without a heartbeat. */
const LEASE_MS = 10 * 60_000;
/** Maximum difference between the clocks of two processes. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * A deployment that has not ended and was last written before this instant counts as interrupted. Setting the system
 * clock forward while this process runs does not end the lease of another process early.
 */
export function interruptedBefore({ clock }: Pick<DeployContext, 'clock'>): string {
  return new Date(timeForDeletion(clock).getTime() - LEASE_MS - CLOCK_SKEW_MS).toISOString();
}

/**
 * Exclusive right to write the record of one deployment. `take` acquires it from the current holder, unless the record
 * was written since it was read. A timer then extends it until `end`. Once another process has acquired it, or it has
 * expired, further writes of this one have no effect.
 */
export class DeploymentLease {
  readonly #context: Pick<DeployContext, 'registry' | 'clock'>;
  readonly #id = randomUUID();
  #isHeld = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(context: Pick<DeployContext, 'registry' | 'clock'>) {
    this.#context = context;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Returns whether the lease was acquired: the record still has this revision, or still does not exist (`null`). */
  async take(record: DeploymentRecord, revision: number | null): Promise<boolean> {
    await this.#save(record, { take: this.#id, revision });
    return this.#isHeld;
  }

  /** Writes the record while the lease is held. */
  async save(record: DeploymentRecord): Promise<void> {
    if (this.#isHeld) await this.#save(record, { lease: this.#id });
  }

  async #save(record: DeploymentRecord, guard: DeploymentGuard): Promise<void> {
    this.end();
    const { changed } = await this.#context.registry.saveDeployment(record, guard);
    this.#isHeld = changed;
    const hasEnded = record.status === 'ready' || record.status === 'failed';
    if (changed && !hasEnded) this.#timer = setInterval(() => this.#renew(record), HEARTBEAT_MS).unref();
  }

  /** Stops the heartbeat. Idempotent. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** The cause of a failed heartbeat may be temporary: the next one tries again. */
  async #renew({ tenantId, id }: DeploymentRecord): Promise<void> {
    const { registry, clock } = this.#context;
    const renewal = { lease: this.#id, updatedAt: clock.now().toISOString() };
    const isHeld = await registry.renewDeployment(tenantId, id, renewal).catch(() => true);
    if (!isHeld) this.end();
  }
}

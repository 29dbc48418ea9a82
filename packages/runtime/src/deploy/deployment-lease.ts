import { randomUUID } from 'node:crypto';
import type { DeploymentGuard } from '@objectstack/spec/contracts';
import type { DeploymentRecord } from '@objectstack/spec/system';
import { timeForDeletion } from '../shared/clock.js';
import type { DeployContext } from './deploy-context.js';

/** How often the process that runs a deployment extends its lease. */
export const HEARTBEAT_MS = 60_000;
/** How long a lease lasts without a heartbeat. */
const LEASE_MS = 10 * 60_000;
/** How far the clocks of two processes may differ. */
const CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Instant before which a deployment that has not ended must have been written last to count as interrupted. Setting
 * the time of day forward while this process runs does not end the lease of another one early.
 */
export function interruptedBefore({ clock }: Pick<DeployContext, 'clock'>): string {
  return new Date(timeForDeletion(clock).getTime() - LEASE_MS - CLOCK_SKEW_MS).toISOString();
}

/**
 * The right to write the record of one deployment. `take` acquires it from the current holder, unless the record was written
 * since it was read; from then on a timer extends it until `end`. Once another process has taken it over, or it has expired,
 * every further write of this one has no effect.
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

  /** Whether the lease was acquired: the record still has this revision, or still does not exist (null). */
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

  /** Stops the heartbeat. Harmless to repeat. */
  end(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** What is in the way of one heartbeat may be gone at the next. */
  async #renew({ tenantId, id }: DeploymentRecord): Promise<void> {
    const { registry, clock } = this.#context;
    const renewal = { lease: this.#id, updatedAt: clock.now().toISOString() };
    const isHeld = await registry.renewDeployment(tenantId, id, renewal).catch(() => true);
    if (!isHeld) this.end();
  }
}

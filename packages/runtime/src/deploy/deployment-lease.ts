import { randomUUID } from 'node:crypto';
import type { DailyLimit, DeploymentGuard } from '@objectstack/spec/contracts';
import type { ObjectStackError } from '@objectstack/spec/shared';
import type { DeploymentRecord } from '@objectstack/spec/system';
import { periodOf } from '../quota/period-of.js';
import { quotaError } from '../quota/quota-error.js';
import { timeForDeletion } from '../shared/clock.js';
import { originOf } from '../shared/origin-of.js';
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

type TakeGuard = Extract<DeploymentGuard, { take: string }>;

type LeaseContext = Pick<DeployContext, 'registry' | 'clock' | 'by'>;

/**
 * Exclusive right to write the record of one deployment. `take` acquires it from the current holder, unless the record
 * was written since it was read. A timer then extends it until `end`. Once another process has acquired it, or it has
 * expired, further writes of this one have no effect.
 */
export class DeploymentLease {
  readonly #context: LeaseContext;
  readonly #id = randomUUID();
  #isHeld = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(context: LeaseContext) {
    this.#context = context;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /**
   * Returns whether the lease was acquired: the record still has this revision, or still does not exist (`null`). Throws
   * `quota_exceeded` if the deployments of the day have reached their limit.
   */
  async take(record: DeploymentRecord, guard: Omit<TakeGuard, 'take'>): Promise<boolean> {
    await this.#save(record, { take: this.#id, ...guard });
    return this.#isHeld;
  }

  /** Writes the record while the lease is held. */
  async save(record: DeploymentRecord): Promise<void> {
    if (this.#isHeld) await this.#save(record, { lease: this.#id });
  }

  async #save(record: DeploymentRecord, guard: DeploymentGuard): Promise<void> {
    this.end();
    const saved = await this.#context.registry.saveDeployment(
      record,
      guard,
      originOf(this.#context, this.#context.by),
    );
    const { changed, exceeded } = saved;
    if (exceeded !== undefined && 'take' in guard && guard.daily) throw this.#tooMany(exceeded, guard.daily);
    this.#isHeld = changed;
    const hasEnded = record.status === 'ready' || record.status === 'failed';
    if (changed && !hasEnded) this.#timer = setInterval(() => this.#renew(record), HEARTBEAT_MS).unref();
  }

  #tooMany(usage: number, { limit }: DailyLimit): ObjectStackError {
    const quota = 'maxDeploymentsPerDay';
    const { resetAt } = periodOf(quota, this.#context.clock.now());
    return quotaError('quota_exceeded', { quota, limit, usage, requested: 1, ...(resetAt && { resetAt }) });
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

import type { DailyLimit, StoredDeployment } from '@objectstack/spec/contracts';
import type { ObjectStackError } from '@objectstack/spec/shared';
import type { DeploymentRecord, DeployResult, DeployStatus, DeployStep } from '@objectstack/spec/system';
import type { DeployContext } from './deploy-context.js';
import { DeploymentLease } from './deployment-lease.js';
import type { BundlePlan } from './read-bundle-plan.js';
import { reconcileDeployments } from './reconcile-deployments.js';

export interface DeploymentIdentity {
  readonly tenantId: string;
  readonly plan: Pick<BundlePlan, 'planHash' | 'bundleChecksum' | 'bundleVersion'>;
  /** Deployment that is rolled back. */
  readonly rollbackOf?: string;
}

/** State from which a process starts to run a deployment. */
export interface DeploymentStart {
  readonly deploymentId: string;
  /** The record as read before the history of the tenant; `null` if there was none. */
  readonly seen: StoredDeployment | null;
  readonly status: 'migrating' | 'registering';
  /** Maximum number of deployments of the day. Absent: unlimited. */
  readonly daily?: DailyLimit;
  /** Absent: that of the progress. */
  readonly identity?: DeploymentIdentity;
}

export type DeploymentOutcome = Pick<DeployResult, 'outcome' | 'statementsExecuted' | 'seeds' | 'findings'>;

/** Tracks the status of a deployment and writes its record in the registry. */
export class DeploymentProgress {
  readonly #context: DeployContext;
  readonly #lease: DeploymentLease;
  #identity: DeploymentIdentity;
  readonly #onStatus: (status: DeployStatus) => unknown;
  readonly #startedAt: Date;
  readonly #startedClock = performance.now();
  readonly #steps: DeployStep[] = [];
  #stepClock = this.#startedClock;
  /** Set at the start of the first effect; nothing is recorded before. */
  deploymentId: string | null = null;

  constructor(
    context: DeployContext,
    identity: DeploymentIdentity,
    onStatus: (status: DeployStatus) => void = () => {},
  ) {
    this.#context = context;
    this.#lease = new DeploymentLease(context);
    this.#identity = identity;
    this.#onStatus = onStatus;
    this.#startedAt = context.clock.now();
  }

  /**
   * Starts to run the deployment. From here on, only this process writes its record. Returns `false`, without any
   * effect, if another process has written the record since it was read. Throws `quota_exceeded`.
   */
  async start({ deploymentId, seen, status, identity, daily }: DeploymentStart): Promise<boolean> {
    this.deploymentId = deploymentId;
    if (identity) this.#identity = identity;
    const guard = { revision: seen?.revision ?? null, ...(daily && { daily }) };
    if (!(await this.#lease.take(this.#record(status), guard))) return false;
    this.#step(status);
    this.announce(status);
    return true;
  }

  async enter(status: DeployStatus): Promise<void> {
    this.#step(status);
    if (this.deploymentId) await this.#lease.save(this.#record(status));
    this.announce(status);
  }

  /** Enters a status in which nothing takes effect, so that it is not recorded. */
  pass(status: DeployStatus): void {
    this.#step(status);
    this.announce(status);
  }

  async finish(outcome: DeploymentOutcome, error?: ObjectStackError): Promise<DeployResult> {
    this.#step(error ? 'failed' : 'ready');
    const { tenantId, plan, rollbackOf } = this.#identity;
    const base = {
      ...(rollbackOf && { rollbackOf }),
      deploymentId: this.deploymentId ?? '',
      tenantId,
      planHash: plan.planHash,
      bundleChecksum: plan.bundleChecksum,
      ...outcome,
      steps: [...this.#steps],
      durationMs: performance.now() - this.#startedClock,
      completedAt: this.#context.clock.now().toISOString(),
    };
    const result: DeployResult = error
      ? { ...base, status: 'failed', error: error.toProblemDetails() }
      : { ...base, status: 'ready' };
    await this.#lease.save(this.#record(result.status, result));
    const recorded = this.#lease.isHeld ? result : await this.#recorded(result);
    this.announce(recorded.status);
    return recorded;
  }

  /** Ends the heartbeat. Called on every exit from a deployment. */
  end(): void {
    this.#lease.end();
  }

  /** Errors of a listener, synchronous or not, have no effect on the deployment. */
  announce(status: DeployStatus): void {
    try {
      Promise.resolve(this.#onStatus(status)).catch(() => undefined);
    } catch {}
  }

  #step(status: DeployStatus): void {
    const now = performance.now();
    const previous = this.#steps.at(-1);
    if (previous) previous.durationMs = now - this.#stepClock;
    this.#stepClock = now;
    this.#steps.push({ status, startedAt: this.#context.clock.now().toISOString(), durationMs: 0 });
  }

  /**
   * The record in the registry after another process acquired the deployment, reconciled with the tenant's history.
   * Statements that this call executed are still reported.
   */
  async #recorded(own: DeployResult): Promise<DeployResult> {
    const records = await reconcileDeployments(this.#context, own.tenantId);
    const { result } = records.find(({ id }) => id === own.deploymentId) ?? {};
    if (!result) return own;
    const { steps, durationMs, outcome, statementsExecuted, findings } = own;
    const executed = outcome === 'not_applied' ? {} : { outcome, statementsExecuted };
    return { ...result, ...executed, ...(findings && { findings }), steps, durationMs };
  }

  #record(status: DeployStatus, result?: DeployResult): DeploymentRecord {
    const { tenantId, plan, rollbackOf } = this.#identity;
    return {
      ...(rollbackOf && { rollbackOf }),
      id: this.deploymentId ?? '',
      tenantId,
      planHash: plan.planHash,
      bundleChecksum: plan.bundleChecksum,
      bundleVersion: plan.bundleVersion,
      status,
      startedAt: this.#startedAt.toISOString(),
      updatedAt: this.#context.clock.now().toISOString(),
      ...(result && { result }),
    };
  }
}

import type { EndedStep, ITenantRegistry, StepEnd } from '@objectstack/spec/contracts';
import type { ProvisioningStepName } from '@objectstack/spec/system';
import { instantNow, type ProvisioningContext } from './provisioning-context.js';

type Completed = Extract<StepEnd, { status: 'completed' }>;

/** The steps that are recorded for a tenant under a lease. */
interface Journaled {
  readonly tenantId: string;
  readonly lease: { readonly token: number };
  /** Step that was started when the lease was taken. */
  readonly started: ProvisioningStepName;
}

/*
 * Each commit of the registry waits for the disk, so the end of a step is written with the next write that is needed anyway:
 * the start of the next effect, or the status of the tenant. Only steps without an effect may have ended since, so a process
 * that is killed leaves the record of the last effect that it may have had.
 */

/** Records the steps of one provisioning, several in one write if possible. */
export class StepJournal {
  readonly #registry: Pick<ITenantRegistry, 'recordStep'>;
  readonly #context: Pick<ProvisioningContext, 'clock'>;
  readonly #journaled: Journaled;
  /** Completed steps whose end is not recorded yet. The start of the first one is recorded. */
  #completed: (EndedStep & { readonly outcome: Completed })[] = [];
  /** Step whose start is recorded. */
  #started: ProvisioningStepName | undefined;

  constructor(context: Pick<ProvisioningContext, 'clock' | 'registry'>, journaled: Journaled) {
    this.#registry = context.registry;
    this.#context = context;
    this.#journaled = journaled;
    this.#started = journaled.started;
  }

  isStarted(name: ProvisioningStepName): boolean {
    return this.#started === name;
  }

  /** Records the start of a step before its effect. Returns false if the process may not go on. */
  async start(name: ProvisioningStepName): Promise<boolean> {
    if (this.isStarted(name)) return true;
    return this.#completed.length > 0 ? this.record(name) : this.#begin(name);
  }

  /** Notes that a step completed, whose attempt started at a timestamp. */
  complete(name: ProvisioningStepName, startedAt: string, result: Pick<Completed, 'externalRef'>): void {
    const outcome: Completed = { status: 'completed', at: instantNow(this.#context), ...result };
    this.#completed.push(this.#ended(name, startedAt, outcome));
  }

  /** The steps whose end is to be recorded with the status of the tenant, the last of which ends with it. */
  endedWith(name: ProvisioningStepName, startedAt: string, outcome: StepEnd): EndedStep[] {
    return [...this.#completed, this.#ended(name, startedAt, outcome)];
  }

  /** Records what has ended, and the start of the next step. Returns false if the process may not go on. */
  async record(next?: ProvisioningStepName): Promise<boolean> {
    const { tenantId, lease } = this.#journaled;
    const [first, ...also] = this.#completed;
    if (!first) return true;
    const change = {
      ...first.outcome,
      lease: lease.token,
      ...(also.length > 0 && { also }),
      ...(next !== undefined && { next }),
    };
    if (!(await this.#registry.recordStep(tenantId, first.name, change))) return false;
    this.#completed = [];
    this.#started = next;
    return true;
  }

  async #begin(name: ProvisioningStepName): Promise<boolean> {
    const { tenantId, lease } = this.#journaled;
    const change = { status: 'running', at: instantNow(this.#context), lease: lease.token } as const;
    const isWritten = await this.#registry.recordStep(tenantId, name, change);
    if (isWritten) this.#started = name;
    return isWritten;
  }

  #ended<End extends StepEnd>(name: ProvisioningStepName, startedAt: string, outcome: End) {
    return { name, ...(!this.isStarted(name) && { startedAt }), outcome };
  }
}

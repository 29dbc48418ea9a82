import { Period } from '../shared/clock.js';
import { pause } from '../shared/pause.js';
import type { FleetContext } from './fleet-context.js';
import { instantNow } from './fleet-context.js';

/** Maximum delay until a rollout that another process started is noticed in this one. */
const TTL_MS = 5_000;
/** How long an access does not wait again after one has waited in vain. */
const LATE_MS = 60_000;
const SHORTEST_MS = 5;
const LONGEST_MS = 100;

interface Known {
  readonly period: Period;
  /** Whether any rollout attempts tenants on access. */
  readonly isOpen: boolean;
  /** Tenants that wait for no rollout. */
  readonly settled: Set<string>;
}

interface Late {
  readonly period: Period;
  readonly tenants: Set<string>;
}

/**
 * Lets the access to a tenant wait until a rollout on access has attempted it. While there is no such rollout, this costs one
 * statement of the registry in five seconds, whatever the number of tenants.
 */
export class AccessGate {
  readonly #context: FleetContext;
  readonly #wake: (rolloutId: string) => void;
  #known: Known | undefined;
  #late: Late | undefined;
  #checking: Promise<void> | undefined;
  readonly #waiting = new Map<string, Promise<void>>();

  /** `wake` tells this process that a tenant of the rollout is used. */
  constructor(context: FleetContext, wake: (rolloutId: string) => void) {
    this.#context = context;
    this.#wake = wake;
  }

  /** Whether an access need not wait. */
  admits(tenantId: unknown): boolean {
    if (typeof tenantId !== 'string') return true;
    const known = this.#known;
    if (!known || known.period.hasPassed) return false;
    return !known.isOpen || known.settled.has(tenantId) || this.#isLate(tenantId);
  }

  /** Resolves when the tenant was attempted, or its access has waited as long as the rollout permits. Never rejects. */
  async pass(tenantId: string): Promise<void> {
    while (!this.#known || this.#known.period.hasPassed) {
      this.#checking ??= this.#check().finally(() => {
        this.#checking = undefined;
      });
      await this.#checking;
    }
    if (this.admits(tenantId)) return;
    const waiting =
      this.#waiting.get(tenantId) ?? this.#wait(tenantId).finally(() => this.#waiting.delete(tenantId));
    this.#waiting.set(tenantId, waiting);
    await waiting;
  }

  /** Notices at once what this process started. */
  reset(): void {
    this.#known = undefined;
    this.#late = undefined;
  }

  #isLate(tenantId: string): boolean {
    return this.#late?.tenants.has(tenantId) === true && !this.#late.period.hasPassed;
  }

  /** An error of the registry does not prevent the access: the router reports it if it persists. */
  async #check(): Promise<void> {
    const { registry, clock } = this.#context;
    const period = new Period(clock, TTL_MS);
    const isOpen = await registry.hasRolloutsOnAccess(instantNow(this.#context)).catch(() => false);
    this.#known = { period, isOpen, settled: new Set() };
  }

  async #wait(tenantId: string): Promise<void> {
    const { registry, background } = this.#context;
    const startedAt = performance.now();
    const settled = this.#known?.settled;
    for (let delay = SHORTEST_MS; !background.signal.aborted; delay = Math.min(2 * delay, LONGEST_MS)) {
      const access = await registry.recordAccess(tenantId, instantNow(this.#context)).catch(() => null);
      if (!access) {
        settled?.add(tenantId);
        return;
      }
      this.#wake(access.rolloutId);
      const left = access.waitMs - (performance.now() - startedAt);
      if (left <= 0) break;
      await pause(Math.min(delay, left), background.signal);
    }
    if (!this.#late || this.#late.period.hasPassed)
      this.#late = { period: new Period(this.#context.clock, LATE_MS), tenants: new Set() };
    this.#late.tenants.add(tenantId);
  }
}

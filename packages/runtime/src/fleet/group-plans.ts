import type { DataPlane } from '@objectstack/spec/contracts';
import type { CurrentSchema, DeployBundle } from '@objectstack/spec/system';
import { makePlan } from '../deploy/make-plan.js';
import type { BundlePlan } from '../deploy/read-bundle-plan.js';

/** Distinct plans that are kept; a fleet with more bases computes some of them again. */
const MOST_PLANS = 64;

/**
 * Migration plans that lead to one bundle, by the hash of the schema that they start from. Each is computed once, also
 * for concurrent callers.
 */
export class GroupPlans {
  readonly #plans = new Map<string, Promise<BundlePlan>>();

  constructor(
    private readonly dataPlane: DataPlane,
    private readonly target: { readonly bundle: DeployBundle; readonly checksum: string },
  ) {}

  /** The plan of a base, if it was computed. */
  known(baseSchemaHash: string | null): Promise<BundlePlan> | undefined {
    return this.#plans.get(baseSchemaHash ?? '');
  }

  of(current: CurrentSchema): Promise<BundlePlan> {
    const { schemaHash } = current;
    const known = this.#plans.get(schemaHash);
    if (known) return known;
    const made = makePlan(this.dataPlane, { current, ...this.target }, {}) as Promise<BundlePlan>;
    made.catch(() => this.#plans.delete(schemaHash));
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size < MOST_PLANS) break;
      this.#plans.delete(oldest);
    }
    this.#plans.set(schemaHash, made);
    return made;
  }
}

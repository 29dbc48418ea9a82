import type { DataPlane } from '@objectstack/spec/contracts';
import type { CurrentSchema, DeployBundle } from '@objectstack/spec/system';
import { makePlan } from '../deploy/make-plan.js';
import type { BundlePlan } from '../deploy/read-bundle-plan.js';

/** Distinct plans that are kept; a fleet with more bases computes some of them again. */
const MOST_PLANS = 64;

/** A plan, and the schema that it was made for; `deploymentId` is that of the first tenant that had it. */
export interface GroupPlan {
  readonly plan: BundlePlan;
  readonly current: CurrentSchema;
}

/**
 * Migration plans that lead to one bundle, by the hash of the schema that they start from. Each is computed once, also
 * for concurrent callers.
 */
export class GroupPlans {
  readonly #plans = new Map<string, Promise<GroupPlan>>();

  constructor(
    private readonly dataPlane: DataPlane,
    private readonly target: { readonly bundle: DeployBundle; readonly checksum: string },
  ) {}

  /** The plan of a base, if it was computed. */
  known(baseSchemaHash: string | null): Promise<GroupPlan> | undefined {
    return this.#plans.get(baseSchemaHash ?? '');
  }

  async of(current: CurrentSchema): Promise<BundlePlan> {
    return (await (this.#plans.get(current.schemaHash) ?? this.#add(current))).plan;
  }

  #add(current: CurrentSchema): Promise<GroupPlan> {
    const { schemaHash } = current;
    const made = this.#made(current);
    made.catch(() => this.#plans.delete(schemaHash));
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size < MOST_PLANS) break;
      this.#plans.delete(oldest);
    }
    this.#plans.set(schemaHash, made);
    return made;
  }

  async #made(current: CurrentSchema): Promise<GroupPlan> {
    const plan = await makePlan(this.dataPlane, { current, ...this.target }, {});
    return { plan: plan as BundlePlan, current };
  }
}

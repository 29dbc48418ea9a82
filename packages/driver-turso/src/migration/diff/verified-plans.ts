import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { freezeDeeplyInSteps } from '../../schema/freeze-deeply.js';

/**
 * Diffs that this package derived or verified itself. They are frozen, so they need not be verified again. The sets are
 * private: a copy of a diff or a plan, or a plan that was parsed from JSON, counts as unverified.
 */
const diffs = new WeakSet<DeployDiff>();
/**
 * Verified plans by their array of statements, which no two plans share, because a caller may add findings to a shallow
 * copy.
 */
const plans = new WeakMap<object, MigrationPlan>();

/** Registers a diff that follows from its base and its desired metadata. It must not contain objects of a caller. */
export function* addVerifiedDiff(diff: DeployDiff): Steps<DeployDiff> {
  diffs.add(yield* freezeDeeplyInSteps(diff));
  return diff;
}

/** Whether a diff is known to follow from its desired metadata, for any schema with the hash of its base. */
export const isVerifiedDiff = (diff: DeployDiff): boolean => diffs.has(diff);

/** Registers a plan that was generated from its diff. It must not contain objects of a caller. */
export function* addVerifiedPlan(plan: MigrationPlan): Steps<MigrationPlan> {
  yield* freezeDeeplyInSteps(plan.diff);
  plans.set(plan.statements, yield* freezeDeeplyInSteps(plan));
  return plan;
}

const NOT_PLANNED = new Set(['findings', 'warnings']);

/** The verified plan if the value is one, or a shallow copy of one that may have other findings and warnings. */
export function verifiedPlan(value: unknown): MigrationPlan | undefined {
  const copy = value as Partial<MigrationPlan> | null | undefined;
  const plan = plans.get(copy?.statements as object);
  if (!plan || !copy) return undefined;
  const keys = Object.keys(copy).filter((key) => !NOT_PLANNED.has(key)) as (keyof MigrationPlan)[];
  const isSame = keys.length === Object.keys(plan).length && keys.every((key) => copy[key] === plan[key]);
  return isSame ? plan : undefined;
}

const MOST_HASHES = 1_000;

/** Hashes of verified plans, because one plan is applied to many tenants, usually after being parsed from JSON. */
const hashes = new Set<string>();

export function addVerifiedHash(planHash: string): void {
  if (hashes.size >= MOST_HASHES) hashes.clear();
  hashes.add(planHash);
}

/** Whether a plan with this hash was verified. The caller must check that the hash matches the content. */
export const isVerifiedHash = (planHash: string): boolean => hashes.has(planHash);

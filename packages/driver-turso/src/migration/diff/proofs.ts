import type { Steps } from '@objectstack/spec/shared';
import type { DeployDiff, MigrationPlan } from '@objectstack/spec/system';
import { shareSteps } from '../../schema/share.js';

/**
 * What this module derived, or derived again, itself. It is frozen, so it is still what was derived, and need not be derived
 * once more. Neither set can be reached from outside: a copy, or a plan that was JSON, has no proof.
 */
const diffs = new WeakSet<DeployDiff>();
/** By their statements, which no two plans share: a caller may add findings to a copy of a plan. */
const plans = new WeakMap<object, MigrationPlan>();

/** Remembers that a diff is what its base and its desired metadata come to. Nothing in it may belong to a caller. */
export function* proveDiff(diff: DeployDiff): Steps<DeployDiff> {
  diffs.add(yield* shareSteps(diff));
  return diff;
}

/** Whether a diff is what its desired metadata comes to, on any schema that has the hash of its base. */
export const isProvenDiff = (diff: DeployDiff): boolean => diffs.has(diff);

/** Remembers that a plan is what its diff leads to. Nothing in it may belong to a caller. */
export function* provePlan(plan: MigrationPlan): Steps<MigrationPlan> {
  yield* shareSteps(plan.diff);
  plans.set(plan.statements, yield* shareSteps(plan));
  return plan;
}

const NOT_PLANNED = new Set(['findings', 'warnings']);

/** The proven plan that a value is, or is a shallow copy of, whatever findings and warnings it has. */
export function provenPlan(value: unknown): MigrationPlan | undefined {
  const copy = value as Partial<MigrationPlan> | null | undefined;
  const plan = plans.get(copy?.statements as object);
  if (!plan || !copy) return undefined;
  const keys = Object.keys(copy).filter((key) => !NOT_PLANNED.has(key)) as (keyof MigrationPlan)[];
  const isSame = keys.length === Object.keys(plan).length && keys.every((key) => copy[key] === plan[key]);
  return isSame ? plan : undefined;
}

const MOST_HASHES = 1_000;

/** Hashes of plans whose diffs were derived again: one plan goes to many tenants, mostly as JSON. */
const hashes = new Set<string>();

export function proveHash(planHash: string): void {
  if (hashes.size >= MOST_HASHES) hashes.clear();
  hashes.add(planHash);
}

/** Whether whatever has this hash was looked at in full, if the hash is really that of its content. */
export const isProvenHash = (planHash: string): boolean => hashes.has(planHash);

import { issuesOf, ObjectStackError } from '@objectstack/spec/shared';
import {
  type CurrentSchema,
  type DeployDiff,
  type MigrationPlan,
  MigrationPlanSchema,
} from '@objectstack/spec/system';
import { isSameJson } from '../../schema/hash.js';
import { diff } from '../diff/diff.js';
import { draftPlan } from '../plan/generate-migrations.js';
import { planHashOf } from '../plan/plan-hash.js';
import { desiredBy } from '../rollback/desired-by.js';

const MOST_VERIFIED = 1_000;

/** Hashes of plans that were looked at in full: a plan goes to many tenants, and its hash covers all that was looked at. */
const verified = new Set<string>();

function invalid(message: string, details: Record<string, unknown> = {}): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_plan', message, details });
}

/** Whether the hash of a plan is that of its content; it may be anything that somebody handed in. */
function isHashed(plan: MigrationPlan): boolean {
  try {
    return planHashOf(plan) === plan.planHash;
  } catch {
    return false;
  }
}

/** Makes the plan again from its diff, so that no statement runs that a diff did not ask for. */
export function assertIntact(plan: MigrationPlan): void {
  if (verified.has(plan?.planHash) && isHashed(plan)) return;
  const parsed = MigrationPlanSchema.safeParse(plan);
  const issues = parsed.error && issuesOf(parsed.error);
  if (issues) throw invalid('The plan does not parse.', { issues });
  const { planHash: _hash, findings: _findings, warnings: _warnings, ...content } = plan;
  const { diff: changes, dialect, bundleChecksum: checksum, bundleVersion: version } = plan;
  const bundle = checksum && version ? { bundle: { checksum, version } } : {};
  if (isHashed(plan) && isSameJson(draftPlan(changes, dialect, bundle), content)) return;
  throw invalid('The plan was changed after it was made.');
}

function diffAgain(plan: MigrationPlan, current: CurrentSchema): DeployDiff | null {
  const { objects, options } = desiredBy(plan.diff, current);
  try {
    return diff(current, objects, options);
  } catch {
    return null;
  }
}

/** Compares again with the plan's base, so that nothing runs that would lead elsewhere than the plan says. */
export function assertMadeFor(plan: MigrationPlan, current: CurrentSchema): void {
  if (verified.has(plan.planHash)) return;
  if (!isSameJson(diffAgain(plan, current), plan.diff))
    throw invalid('The plan is not what its desired metadata comes to.');
  if (verified.size >= MOST_VERIFIED) verified.clear();
  verified.add(plan.planHash);
}

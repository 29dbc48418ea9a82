import type { AbortOptions, DataPlane } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import type { MigrationPlan } from '@objectstack/spec/system';

/** A plan that deploys a bundle. */
export type BundlePlan = MigrationPlan & { bundleChecksum: string; bundleVersion: string };

export function invalidPlan(message: string): ObjectStackError {
  return new ObjectStackError({ code: 'invalid_plan', message, details: { issues: [] } });
}

function deploysBundle(plan: MigrationPlan): plan is BundlePlan {
  return Boolean(plan.bundleChecksum && plan.bundleVersion);
}

/** The plan, if it deploys a bundle. Throws `invalid_plan`. */
export function toBundlePlan(plan: MigrationPlan): BundlePlan {
  if (deploysBundle(plan)) return plan;
  throw invalidPlan('The plan has no bundle. Pass a plan that planDeployment returned.');
}

/** The plan of a caller. Throws `invalid_plan` also for a rollback, and for a schema change without a bundle. */
export async function readBundlePlan(
  { schemaDiff }: DataPlane,
  input: unknown,
  options: AbortOptions = {},
): Promise<BundlePlan> {
  const plan = await schemaDiff.readPlan(input, options);
  if (plan.diff.restores) throw invalidPlan('The plan is a rollback. Call rollbackDeployment instead.');
  return toBundlePlan(plan);
}

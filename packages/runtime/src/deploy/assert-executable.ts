import type { AbortOptions } from '@objectstack/spec/contracts';
import type { SeedEnvironment } from '@objectstack/spec/data';
import { assertBaseSchema, type CurrentSchema, type DeployBundle } from '@objectstack/spec/system';
import { assertWithinQuota } from './assert-within-quota.js';
import type { DeployContext } from './deploy-context.js';
import { isPlanOf } from './make-plan.js';
import { type BundlePlan, invalidPlan } from './read-bundle-plan.js';

export interface PlannedDeployment {
  readonly tenantId: string;
  readonly plan: BundlePlan;
  readonly current: CurrentSchema;
  readonly bundle: DeployBundle;
}

/**
 * Throws unless planning this bundle from this schema results in this plan, so that nothing is executed that planning
 * would reject.
 */
export async function assertExecutable(
  { dataPlane, registry, environment }: DeployContext,
  deployment: PlannedDeployment,
  options: AbortOptions & { readonly environment?: SeedEnvironment },
): Promise<void> {
  const { plan, current, bundle } = deployment;
  assertBaseSchema(plan, current);
  const { signal } = options;
  const request = { current, bundle, checksum: plan.bundleChecksum, ...(signal && { signal }) };
  if (!(await isPlanOf(dataPlane, plan, request)))
    throw invalidPlan(
      'The plan is not the one that planDeployment creates for this bundle. Plan the deployment again.',
    );
  await assertWithinQuota(registry, deployment, options.environment ?? environment);
}

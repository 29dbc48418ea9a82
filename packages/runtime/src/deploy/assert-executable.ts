import type { AbortOptions } from '@objectstack/spec/contracts';
import { assertBaseSchema, type CurrentSchema, type DeployBundle } from '@objectstack/spec/system';
import { assertWithinQuota } from './assert-within-quota.js';
import type { DeployContext } from './deploy-context.js';
import { isPlanOf } from './make-plan.js';
import { type BundlePlan, invalidPlan } from './read-plan.js';

export interface PlannedDeployment {
  readonly tenantId: string;
  readonly plan: BundlePlan;
  readonly current: CurrentSchema;
  readonly bundle: DeployBundle;
}

/** The plan must be the one that leads from this schema to this bundle, so nothing runs that planning would not allow. */
export async function assertExecutable(
  { dataPlane, registry }: DeployContext,
  deployment: PlannedDeployment,
  options: AbortOptions,
): Promise<void> {
  const { plan, current, bundle } = deployment;
  assertBaseSchema(plan, current);
  const request = { current, bundle, checksum: plan.bundleChecksum };
  if (!(await isPlanOf(dataPlane, plan, { ...request, ...options })))
    throw invalidPlan('The plan is not the one that was made for this bundle.');
  await assertWithinQuota(registry, deployment);
}

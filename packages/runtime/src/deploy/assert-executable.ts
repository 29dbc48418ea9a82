import { ObjectStackError } from '@objectstack/spec/shared';
import type { CurrentSchema, DeployBundle } from '@objectstack/spec/system';
import { assertWithinQuota } from './assert-within-quota.js';
import type { DeployContext } from './deploy-context.js';
import { makePlan } from './make-plan.js';
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
): Promise<void> {
  const { plan, current, bundle } = deployment;
  if (current.schemaHash !== plan.baseSchemaHash) {
    throw new ObjectStackError({
      code: 'plan_stale',
      message: 'The schema is not the one that the plan was made for.',
      details: { baseSchemaHash: plan.baseSchemaHash, schemaHash: current.schemaHash },
    });
  }
  const made = makePlan(dataPlane, { current, bundle, checksum: plan.bundleChecksum });
  if (made.planHash !== plan.planHash)
    throw invalidPlan('The plan is not the one that was made for this bundle.');
  await assertWithinQuota(registry, deployment);
}

/** A deployment that goes on must find the tables as it left them. */
export function assertAsLeft(plan: BundlePlan, current: CurrentSchema): void {
  if (current.schemaHash === plan.targetSchemaHash) return;
  throw new ObjectStackError({
    code: 'schema_mismatch',
    message: 'The live schema differs from the target of the plan.',
    details: { targetSchemaHash: plan.targetSchemaHash, schemaHash: current.schemaHash },
  });
}

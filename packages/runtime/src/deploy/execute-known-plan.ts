import { assertAllowed, type DeployResult, hasNoChanges } from '@objectstack/spec/system';
import { layersOf } from '../apps/tenant-layers.js';
import { readingTenantsOnce } from '../shared/reading-tenants-once.js';
import { splitApprovals } from './assert-seeds-approved.js';
import { assertWithinQuota } from './assert-within-quota.js';
import type { DeployContext } from './deploy-context.js';
import { deploymentIdOf } from './deployment-id-of.js';
import { DeploymentProgress } from './deployment-progress.js';
import { holdingObjects } from './holding-objects.js';
import { type Execution, runDeployment } from './run-deployment.js';

/**
 * Executes a plan that this process generated in another tenant with the same schema. `current` is that schema, with the latest
 * deployment of this tenant when it was last read: the transaction of the migration asserts both, so that nothing is read
 * before it. Null if that is not possible, or the deployment was recorded before: then {@link executePlan} reads the tenant.
 * Rejects with `plan_stale` if the tenant has changed.
 */
export async function executeKnownPlan(
  context: DeployContext,
  request: Pick<Execution, 'tenantId' | 'plan' | 'bundle' | 'current' | 'options' | 'slot'>,
): Promise<DeployResult | null> {
  const { tenantId, plan, bundle, current, options, slot } = request;
  if (hasNoChanges(plan) || bundle.seedData.length > 0 || layersOf(bundle).apps.length > 0) return null;
  const driver = await context.router.getTenantClient(tenantId);
  const registry = readingTenantsOnce(context.registry);
  const progress = new DeploymentProgress(context, { tenantId, plan }, options.onStatus);
  await progress.enter('validating');
  await progress.enter('diffing');
  const approvals = splitApprovals(bundle, options);
  const given = { tenantId, driver, plan, bundle, current, progress, slot, isKnownBase: true };
  const execution: Execution = { ...given, context: { ...context, registry }, ...approvals };
  await assertWithinQuota(registry, execution, options.environment ?? context.environment);
  assertAllowed(plan.diff, options.allow);
  const deploymentId = deploymentIdOf(tenantId, current.deploymentId, plan.planHash);
  const start = { deploymentId, seen: null, isMigrated: false };
  return holdingObjects(execution, () => runDeployment(execution, start));
}

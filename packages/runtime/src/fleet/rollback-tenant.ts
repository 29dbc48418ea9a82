import type { RolloutTenantChange, RolloutTenantRecord } from '@objectstack/spec/contracts';
import { ObjectStackError } from '@objectstack/spec/shared';
import { rollbackDeployment } from '../deploy/rollback-deployment.js';
import type { FleetContext } from './fleet-context.js';
import { rolloutProblemOf } from './rollout-problem-of.js';

/** Id of the deployment that the rollout made; null if it made none. A killed process may not have recorded it. */
async function deploymentOf(context: FleetContext, member: RolloutTenantRecord): Promise<string | null> {
  const { tenantId, deploymentId, planHash, baseDeploymentId } = member;
  if (deploymentId !== undefined) return deploymentId;
  if (planHash === null) return null;
  const driver = await context.router.getTenantClient(tenantId);
  const history = await context.dataPlane.schemaDiff.readHistory(driver);
  const top = history.findLast((entry) => entry.isInEffect);
  return top?.planHash === planHash && top.id !== baseDeploymentId ? top.id : null;
}

/** Whether the rollout may have deployed to a tenant whose database does not answer, according to the registry. */
async function mayBeDeployed(
  { registry }: FleetContext,
  { tenantId, planHash, baseDeploymentId }: RolloutTenantRecord,
): Promise<boolean> {
  const records = await registry.listDeployments(tenantId);
  return records.some(
    ({ id, status, supersededBy, ...record }) =>
      record.planHash === planHash && id !== baseDeploymentId && status !== 'failed' && !supersededBy,
  );
}

/**
 * Rolls back the deployment of the rollout. Idempotent. Null if the rollout did not deploy to the tenant. A database that was
 * restored to a time before the deployment has nothing to roll back.
 */
export async function rollbackTenant(
  context: FleetContext,
  member: RolloutTenantRecord,
): Promise<RolloutTenantChange | null> {
  const { tenantId } = member;
  try {
    const deploymentId = await deploymentOf(context, member);
    if (deploymentId === null) return null;
    await rollbackDeployment(context, { tenantId, deploymentId, options: {} });
    context.router.invalidateCache(tenantId);
    return { tenantId, deploymentId, state: 'rolled_back', problem: null };
  } catch (error) {
    context.router.invalidateCache(tenantId);
    const { deploymentId } = member;
    if (deploymentId !== undefined && ObjectStackError.isInstance(error, 'deployment_not_found'))
      return { tenantId, deploymentId, state: 'rolled_back', problem: null };
    if (deploymentId === undefined && !(await mayBeDeployed(context, member))) return null;
    return { tenantId, state: 'rollback_failed', problem: rolloutProblemOf(error) };
  }
}

import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeploymentEntry, DeploymentRecord } from '@objectstack/spec/system';
import { tookEffect } from '../shared/compare-deployments.js';

/** Error of a deployment that took effect and is no longer in the tenant's database. */
export const deploymentMissing = (deploymentId: string) =>
  new ObjectStackError({
    code: 'deployment_not_found',
    message:
      'The database of the tenant does not contain this deployment, though it took effect: the database was restored ' +
      'from a backup that is older than the deployment. Deploy the bundle again, or restore a newer backup.',
    details: { deploymentId },
  });

/**
 * The reported record of a deployment, given its entry in the tenant's history. A deployment without an entry is not in
 * effect, and neither is a rollback of it. The registry keeps its record, because a newer backup of the tenant's
 * database may replace the older one.
 */
export function reportedDeployment(
  { supersededBy: _, ...record }: DeploymentRecord,
  entry: DeploymentEntry | undefined,
): DeploymentRecord {
  const { rolledBackBy } = entry ?? {};
  const reported = { ...record, ...(rolledBackBy !== undefined && { supersededBy: rolledBackBy }) };
  if (entry || !record.result || !tookEffect(record)) return reported;
  const error = deploymentMissing(record.id).toProblemDetails();
  const left = { ...record.result, outcome: 'not_applied' as const, statementsExecuted: 0, seeds: [] };
  return { ...reported, status: 'failed', result: { ...left, status: 'failed', error } };
}

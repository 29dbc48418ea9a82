import { ObjectStackError } from '@objectstack/spec/shared';
import type { DeploymentEntry, DeploymentRecord } from '@objectstack/spec/system';
import { tookEffect } from '../shared/compare-deployments.js';

/** Error of a deployment that took effect once and is not in the tenant's database now. */
export const deploymentMissing = (deploymentId: string) =>
  new ObjectStackError({
    code: 'deployment_not_found',
    message:
      'The database of the tenant does not contain this deployment, though it took effect: the database was restored ' +
      'from a backup that is older than the deployment. Deploy the bundle again, or restore a newer backup.',
    details: { deploymentId },
  });

/**
 * The record of a deployment as it is reported, given its entry in the history of the tenant: a deployment that is not
 * there is not in effect, and neither is a rollback of it. The registry keeps what it knows, because a newer backup of
 * the tenant's database may take the place of the older one.
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

import type { DeploymentEntry, DeploymentRecord } from '@objectstack/spec/system';

/** Differences between the deployments in the registry and in the history of a tenant. */
export interface DeploymentComparison {
  /** Records of deployments that took effect and are not in the history. */
  readonly missing: DeploymentRecord[];
  /** Entries of the history without a record, except those without a bundle, which are never recorded. */
  readonly unknown: DeploymentEntry[];
}

/** Whether the deployment took effect, completely or in part, according to its record. */
export const tookEffect = ({ result }: DeploymentRecord): boolean =>
  result !== undefined && result.outcome !== 'not_applied';

/** Requires that the records were read before the history: a deployment is recorded before it takes effect. */
export function compareDeployments(
  records: readonly DeploymentRecord[],
  history: readonly DeploymentEntry[],
): DeploymentComparison {
  const entries = new Set(history.map(({ id }) => id));
  const recorded = new Set(records.map(({ id }) => id));
  return {
    missing: records.filter((record) => tookEffect(record) && !entries.has(record.id)),
    unknown: history.filter(({ id, bundleChecksum }) => bundleChecksum !== undefined && !recorded.has(id)),
  };
}

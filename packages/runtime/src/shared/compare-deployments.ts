import type { DeploymentEntry, DeploymentRecord } from '@objectstack/spec/system';

/** What registry and history know of each other's deployments. */
export interface DeploymentComparison {
  /** Records of deployments that took effect and are not in the history. */
  readonly missing: DeploymentRecord[];
  /** Entries of the history without a record; those that no bundle belongs to never have one. */
  readonly unknown: DeploymentEntry[];
}

/** Whether the record says that the deployment took effect, completely or in part. */
export const tookEffect = ({ result }: DeploymentRecord): boolean =>
  result !== undefined && result.outcome !== 'not_applied';

/** Only right where the records were read before the history: a deployment is recorded before it takes effect. */
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

import type { DeployStatus } from '@objectstack/spec/system';

/**
 * The statuses to which the stored status of a deployment may change; every write to the registry is checked against
 * this table in the statement that writes. `validating` and `diffing` change nothing and are never stored.
 *
 * A deployment that has ended runs again when its plan is executed again: after a failure, to write the seed sets of
 * another environment, or because the tenant's database was restored from an older backup. `failed` becomes `ready`
 * directly when the history of the tenant shows that everything took effect; nothing turns `ready` into `failed`
 * without running it again.
 */
export const DEPLOYMENT_STATUS_TRANSITIONS = {
  validating: ['diffing', 'migrating', 'registering', 'failed'],
  diffing: ['migrating', 'registering', 'failed'],
  migrating: ['migrating', 'registering', 'ready', 'failed'],
  registering: ['migrating', 'registering', 'ready', 'failed'],
  ready: ['migrating', 'registering', 'ready'],
  failed: ['migrating', 'registering', 'ready', 'failed'],
} as const satisfies Record<DeployStatus, readonly DeployStatus[]>;

/** The stored statuses that may change to a status. */
export function deploymentStatusesBefore(next: DeployStatus): DeployStatus[] {
  const all = Object.entries(DEPLOYMENT_STATUS_TRANSITIONS) as [DeployStatus, readonly DeployStatus[]][];
  return all.flatMap(([status, following]) => (following.includes(next) ? [status] : []));
}

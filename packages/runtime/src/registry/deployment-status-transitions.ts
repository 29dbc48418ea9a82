import type { DeployStatus } from '@objectstack/spec/system';

/**
 * Permitted transitions of the stored status of a deployment. Every write to the registry checks this table in its
 * statement. `validating` and `diffing` change nothing and are never stored.
 *
 * A finished deployment runs again if its plan is executed again: after a failure, to write the seed sets of another
 * environment, or because the tenant's database was restored from an older backup. `failed` changes to `ready` directly
 * if the tenant's history shows that everything took effect. `ready` changes to `failed` only after the deployment ran
 * again.
 */
export const DEPLOYMENT_STATUS_TRANSITIONS = {
  validating: ['diffing', 'migrating', 'registering', 'failed'],
  diffing: ['migrating', 'registering', 'failed'],
  migrating: ['migrating', 'registering', 'ready', 'failed'],
  registering: ['migrating', 'registering', 'ready', 'failed'],
  ready: ['migrating', 'registering', 'ready'],
  failed: ['migrating', 'registering', 'ready', 'failed'],
} as const satisfies Record<DeployStatus, readonly DeployStatus[]>;

/** Stored statuses that may change to the given status. */
export function deploymentStatusesBefore(next: DeployStatus): DeployStatus[] {
  const all = Object.entries(DEPLOYMENT_STATUS_TRANSITIONS) as [DeployStatus, readonly DeployStatus[]][];
  return all.flatMap(([status, following]) => (following.includes(next) ? [status] : []));
}

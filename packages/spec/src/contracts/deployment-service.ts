import type { PageRequestInput } from '../shared/page.zod.js';
import type { DeployBundleInput } from '../system/deploy-bundle.zod.js';
import type { DeploymentRecord, DeployResult } from '../system/deploy-result.zod.js';
import type { DeploymentPage } from '../system/deployment-page.zod.js';
import type { ExecuteDeploymentOptions } from './deploy-pipeline-service.js';

/** Result of a deployment that succeeded. */
export type ReadyDeployResult = Extract<DeployResult, { status: 'ready' }>;

/** Deploys bundles in one call, and reads the deployments of a tenant. Methods reject like the router's. */
export interface IDeploymentService {
  /**
   * Validates the bundle, plans its deployment and executes the plan: `planDeployment` and `executeDeployment` in one
   * call, which rejects unless the deployment succeeds. Idempotent with the same `allow`: repeating a call that
   * succeeded has the outcome `unchanged` or `already_applied`, and repeating one that was interrupted completes it.
   *
   * Rejects like `IDeployPipelineService.planDeployment`, like `IDeployPipelineService.executeDeployment`, and with the
   * error of a result that is `failed`, for example `seed_failed`, `conversion_failed`, `unique_violation`,
   * `foreign_key_violation` or `not_null_violation`. The details of the error contain `findings`, the preflight checks
   * that counted records of this tenant, and if a deployment was started `deploymentId` and `seeds`, the results of the
   * seed datasets with records that could not be written. `destructive_not_allowed` lists in `details.changes` the ids
   * to pass in `allow` after review.
   */
  deploy(
    tenantId: string,
    bundle: DeployBundleInput,
    options?: ExecuteDeploymentOptions,
  ): Promise<ReadyDeployResult>;

  /**
   * Returns a page of the tenant's deployments, latest first, including failed ones and rollbacks. The records are
   * reconciled with the history in the tenant's database, which is authoritative: deployments that only the history
   * contains are added. Rejects with `invalid_request`, also for a cursor that was not returned with an earlier page.
   */
  list(tenantId: string, page?: PageRequestInput): Promise<DeploymentPage>;

  /**
   * Returns the record of a deployment, reconciled as in `list`. A deployment that took effect and is no longer in the
   * history is `failed` with the code `deployment_not_found`. Rejects with `deployment_not_found` if the tenant has no
   * deployment with this id.
   */
  get(tenantId: string, deploymentId: string): Promise<DeploymentRecord>;

  /**
   * Returns the latest deployment of a bundle that is in effect, which is the one that `rollbackDeployment` can roll
   * back, or null if there is none. Deployments that failed before any change and rollbacks are skipped, as are
   * deployments that were rolled back; a rollback that redid a deployment counts as that deployment.
   */
  latest(tenantId: string): Promise<DeploymentRecord | null>;
}

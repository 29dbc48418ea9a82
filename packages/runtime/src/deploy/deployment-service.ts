import type { IDeployPipelineService } from '@objectstack/spec/contracts';
import type { DeploymentRecord } from '@objectstack/spec/system';
import type { DeploymentSweepResult } from './sweep-deployments.js';

/** Deploy pipeline with access to the records of deployments. Methods with a tenant id reject like the router. */
export interface DeploymentService extends IDeployPipelineService {
  /**
   * The record of a deployment, reconciled with the history in the tenant's database. A deployment that took effect and
   * is not in the history is `failed` with the code `deployment_not_found`. Rejects with `deployment_not_found` if
   * neither registry nor history contain it.
   */
  getDeployment(tenantId: string, deploymentId: string): Promise<DeploymentRecord>;
  /**
   * Records of all deployments of a tenant, latest first, each as in `getDeployment`. Deployments that only the history
   * contains are added.
   */
  listDeployments(tenantId: string): Promise<DeploymentRecord[]>;
  /** Settles the records of deployments whose process died. Idempotent. */
  sweep(): Promise<DeploymentSweepResult>;
}

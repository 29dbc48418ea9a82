import type { IDeployPipelineService } from '@objectstack/spec/contracts';
import type { DeploymentRecord } from '@objectstack/spec/system';
import type { DeploymentSweepResult } from './sweep-deployments.js';

/** The deploy pipeline with the records of what it did. Methods that take a tenant id reject like the router's. */
export interface DeploymentService extends IDeployPipelineService {
  /**
   * The record of a deployment, after it was brought in line with the history in the tenant's database. One that took
   * effect and is not in the history is `failed` with the code `deployment_not_found`. Rejects with
   * `deployment_not_found` when neither registry nor history have it.
   */
  getDeployment(tenantId: string, deploymentId: string): Promise<DeploymentRecord>;
  /** Records of all deployments of a tenant, latest first, each as in `getDeployment`; those are added that only the history has. */
  listDeployments(tenantId: string): Promise<DeploymentRecord[]>;
  /** Settles the records of deployments whose process died. Harmless to repeat. */
  sweep(): Promise<DeploymentSweepResult>;
}

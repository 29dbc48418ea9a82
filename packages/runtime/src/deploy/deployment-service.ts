import type { IDeployPipelineService } from '@objectstack/spec/contracts';
import type { DeploymentRecord } from '@objectstack/spec/system';
import type { DeploymentSweepResult } from './sweep-deployments.js';

/** The deploy pipeline with the records of what it did. Methods that take a tenant id reject like the router's. */
export interface DeploymentService extends IDeployPipelineService {
  /**
   * The record of a deployment, after it was brought in line with the history in the tenant's database. Rejects with
   * `deployment_not_found`.
   */
  getDeployment(tenantId: string, deploymentId: string): Promise<DeploymentRecord>;
  /** Records of all deployments of a tenant, latest first, after they were brought in line with the history. */
  listDeployments(tenantId: string): Promise<DeploymentRecord[]>;
  /** Settles the records of deployments whose process died. Harmless to repeat. */
  sweep(): Promise<DeploymentSweepResult>;
}

import type { IDeploymentService, IDeployPipelineService } from '@objectstack/spec/contracts';
import type { DeploymentSweepResult } from './sweep-deployments.js';

/** Deploy pipeline with access to the records of deployments. Methods with a tenant id reject like the router. */
export interface DeploymentService extends IDeployPipelineService, IDeploymentService {
  /** Settles the records of deployments whose process died. Idempotent. */
  sweep(): Promise<DeploymentSweepResult>;
}

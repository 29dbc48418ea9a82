import type { IDeployPipelineService } from '@objectstack/spec/contracts';
import { validateBundle } from '../bundle/validate-bundle.js';
import type { DeployContext } from './deploy-context.js';
import { executeDeployment } from './execute-deployment.js';
import { planDeployment } from './plan-deployment.js';
import { rollbackDeployment } from './rollback-deployment.js';
import { validateSince } from './validate-since.js';

export function createDeployPipeline(context: DeployContext): IDeployPipelineService {
  return {
    validateBundle: (bundle, { since } = {}) =>
      since === undefined ? validateBundle(bundle) : validateSince(context.dataPlane, bundle, since),
    planDeployment: (tenantId, bundle, options = {}) =>
      planDeployment(context, { tenantId, bundle, options }),
    executeDeployment: (tenantId, plan, options = {}) =>
      executeDeployment(context, { tenantId, plan, options }),
    rollbackDeployment: (tenantId, deploymentId, options = {}) =>
      rollbackDeployment(context, { tenantId, deploymentId, options }),
  };
}

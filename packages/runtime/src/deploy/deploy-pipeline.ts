import { ObjectStackError } from '@objectstack/spec/shared';
import { validateBundle } from '../bundle/validate-bundle.js';
import { unlessAborted } from '../shared/unless-aborted.js';
import type { DeployContext } from './deploy-context.js';
import type { DeploymentService } from './deployment-service.js';
import { executeDeployment } from './execute-deployment.js';
import { planDeployment } from './plan-deployment.js';
import { reconcileDeployments } from './reconcile-deployments.js';
import { rollbackDeployment } from './rollback-deployment.js';
import { sweepDeployments } from './sweep-deployments.js';
import { validateSince } from './validate-since.js';

async function getDeployment(context: DeployContext, tenantId: string, deploymentId: string) {
  const record = (await reconcileDeployments(context, tenantId)).find(({ id }) => id === deploymentId);
  if (record) return record;
  throw new ObjectStackError({
    code: 'deployment_not_found',
    message: 'The tenant has no such deployment.',
    details: { deploymentId },
  });
}

export function createDeployPipeline(context: DeployContext): DeploymentService {
  return {
    validateBundle: (bundle, { since } = {}) =>
      since === undefined ? validateBundle(bundle) : validateSince(context.dataPlane, bundle, since),
    planDeployment: (tenantId, bundle, options = {}) =>
      unlessAborted(planDeployment(context, { tenantId, bundle, options }), options.signal),
    executeDeployment: (tenantId, plan, options = {}) =>
      unlessAborted(executeDeployment(context, { tenantId, plan, options }), options.signal),
    rollbackDeployment: (tenantId, deploymentId, options = {}) =>
      unlessAborted(rollbackDeployment(context, { tenantId, deploymentId, options }), options.signal),
    getDeployment: (tenantId, deploymentId) => getDeployment(context, tenantId, deploymentId),
    listDeployments: (tenantId) => reconcileDeployments(context, tenantId),
    sweep: () => sweepDeployments(context),
  };
}

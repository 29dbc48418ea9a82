import type { CallOptions, ValidateBundleOptions } from '@objectstack/spec/contracts';
import { isStorableText } from '@objectstack/spec/data';
import { ObjectStackError, unlessAborted } from '@objectstack/spec/shared';
import { validateBundle } from '../bundle/validate-bundle.js';
import { readOptions } from '../shared/read-options.js';
import type { DeployContext } from './deploy-context.js';
import type { DeploymentService } from './deployment-service.js';
import { executeDeployment } from './execute-deployment.js';
import { planDeployment } from './plan-deployment.js';
import { readExecuteOptions } from './read-execute-options.js';
import { reconcileDeployments } from './reconcile-deployments.js';
import { rollbackDeployment } from './rollback-deployment.js';
import { sweepDeployments } from './sweep-deployments.js';
import { validateSince } from './validate-since.js';

const deploymentNotFound = (details: { deploymentId?: string }) =>
  new ObjectStackError({
    code: 'deployment_not_found',
    message: 'The tenant has no deployment with this id. Call listDeployments for its deployments.',
    details,
  });

/** Rejects ids that no deployment can have, before they reach a database. */
function assertDeploymentId(deploymentId: unknown): void {
  if (typeof deploymentId !== 'string' || !isStorableText(deploymentId)) throw deploymentNotFound({});
}

async function getDeployment(context: DeployContext, tenantId: string, deploymentId: string) {
  assertDeploymentId(deploymentId);
  const record = (await reconcileDeployments(context, tenantId)).find(({ id }) => id === deploymentId);
  if (record) return record;
  throw deploymentNotFound({ deploymentId });
}

export function createDeployPipeline(context: DeployContext): DeploymentService {
  return {
    validateBundle(bundle, given) {
      const { since } = readOptions<ValidateBundleOptions & CallOptions>(given);
      return since === undefined ? validateBundle(bundle) : validateSince(context.dataPlane, bundle, since);
    },
    planDeployment: async (tenantId, bundle, given) => {
      const options = readOptions(given);
      return unlessAborted(planDeployment(context, { tenantId, bundle, options }), options.signal);
    },
    executeDeployment: async (tenantId, plan, given) => {
      const options = readExecuteOptions(given);
      return unlessAborted(executeDeployment(context, { tenantId, plan, options }), options.signal);
    },
    rollbackDeployment: async (tenantId, deploymentId, given) => {
      const options = readOptions(given);
      assertDeploymentId(deploymentId);
      return unlessAborted(rollbackDeployment(context, { tenantId, deploymentId, options }), options.signal);
    },
    getDeployment: (tenantId, deploymentId) => getDeployment(context, tenantId, deploymentId),
    listDeployments: (tenantId) => reconcileDeployments(context, tenantId),
    sweep: () => sweepDeployments(context),
  };
}

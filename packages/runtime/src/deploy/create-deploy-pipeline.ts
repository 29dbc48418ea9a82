import type { CallOptions, ValidateBundleOptions } from '@objectstack/spec/contracts';
import { unlessAborted } from '@objectstack/spec/shared';
import type { DeployResult } from '@objectstack/spec/system';
import * as z from 'zod';

import { checkBundle } from '../bundle/validate-bundle.js';
import { readTenantPlan, validateForPlan } from '../bundle/validate-for-plan.js';
import { quotasOfPlans } from '../quota/with-plan-quotas.js';
import { parseInput } from '../shared/parse-input.js';
import { readOptions } from '../shared/read-options.js';
import { deploy } from './deploy.js';
import type { DeployContext } from './deploy-context.js';
import type { DeploymentService } from './deployment-service.js';
import { executeDeployment } from './execute-deployment.js';
import { planDeployment } from './plan-deployment.js';
import { assertDeploymentId, readDeployments } from './read-deployments.js';
import { readExecuteOptions } from './read-execute-options.js';
import { readRollbackOptions } from './read-rollback-options.js';
import { rollbackDeployment } from './rollback-deployment.js';
import { sweepDeployments } from './sweep-deployments.js';
import { validateSince } from './validate-since.js';

/** Lets the contexts of this process contain the new version at once, also after an error, whose effects are unknown. */
async function noticed<T>({ router }: DeployContext, tenantId: string, work: Promise<T>): Promise<T> {
  const invalidate = () => router.invalidateCache(tenantId);
  const result = await work.catch((error: unknown) => {
    invalidate();
    throw error;
  });
  const { outcome } = result as { outcome?: DeployResult['outcome'] };
  if (outcome !== 'unchanged') invalidate();
  return result;
}

export function createDeployPipeline(context: DeployContext): DeploymentService {
  parseInput(z.object({ seedChunkSize: z.int().min(1).optional() }), context, 'context of the pipeline');
  const requestedBy = ({ actor, requestId }: CallOptions): DeployContext => ({
    ...context,
    by: { actor, requestId },
  });
  return {
    validateBundle(bundle, given) {
      const { since, plan: named } = readOptions<ValidateBundleOptions & CallOptions>(given);
      const plan = readTenantPlan(named);
      const quotas = plan && (context.planQuotas ?? quotasOfPlans())[plan];
      if (since !== undefined) return validateSince(context.dataPlane, bundle, { since, quotas });
      return validateForPlan(checkBundle(bundle), quotas);
    },
    planDeployment: async (tenantId, bundle, given) => {
      const options = readOptions(given);
      return unlessAborted(planDeployment(context, { tenantId, bundle, options }), options.signal);
    },
    deploy: async (tenantId, bundle, given) => {
      const options = readExecuteOptions(given);
      return unlessAborted(
        noticed(context, tenantId, deploy(requestedBy(options), { tenantId, bundle, options })),
        options.signal,
      );
    },
    executeDeployment: async (tenantId, plan, given) => {
      const options = readExecuteOptions(given);
      return unlessAborted(
        noticed(context, tenantId, executeDeployment(requestedBy(options), { tenantId, plan, options })),
        options.signal,
      );
    },
    rollbackDeployment: async (tenantId, deploymentId, given) => {
      const options = readRollbackOptions(given);
      assertDeploymentId(deploymentId);
      return unlessAborted(
        noticed(
          context,
          tenantId,
          rollbackDeployment(requestedBy(options), { tenantId, deploymentId, options }),
        ),
        options.signal,
      );
    },
    ...readDeployments(context),
    sweep: () => sweepDeployments(context),
  };
}

import { describe, expectTypeOf, it } from 'vitest';
import type { DeployBundle, DeployBundleInput } from '../system/deploy-bundle.zod.js';
import type { DeployResult } from '../system/deploy-result.zod.js';
import type { DeployStatus } from '../system/deploy-status.zod.js';
import type { DeployValidationResult } from '../system/deploy-validation.zod.js';
import type { MigrationPlan } from '../system/migration-plan.zod.js';
import type { RollbackResult } from '../system/rollback-result.zod.js';
import type { CallOptions } from './call-options.js';
import type { ExecuteDeploymentOptions, IDeployPipelineService } from './deploy-pipeline-service.js';

/** The signatures in the protocol issue, in which a rollback has no result. */
interface Asked {
  validateBundle(bundle: DeployBundle): DeployValidationResult;
  planDeployment(tenantId: string, bundle: DeployBundle): Promise<MigrationPlan>;
  executeDeployment(tenantId: string, plan: MigrationPlan): Promise<DeployResult>;
  rollbackDeployment(tenantId: string, deploymentId: string): Promise<RollbackResult>;
}

describe('IDeployPipelineService', () => {
  it("matches the protocol's signatures exactly", () => {
    expectTypeOf<IDeployPipelineService>().toExtend<Asked>();
    expectTypeOf<Asked>().toExtend<IDeployPipelineService>();
    expectTypeOf<keyof IDeployPipelineService>().toEqualTypeOf<keyof Asked>();
  });

  it('validates any value, and plans a bundle without its defaults', () => {
    expectTypeOf<IDeployPipelineService['validateBundle']>().parameter(0).toBeUnknown();
    expectTypeOf<IDeployPipelineService['planDeployment']>().parameter(1).toEqualTypeOf<DeployBundleInput>();
    expectTypeOf<DeployBundle>().toExtend<DeployBundleInput>();
  });

  it('reports every status to onStatus', () => {
    expectTypeOf<ExecuteDeploymentOptions>().toExtend<CallOptions>();
    expectTypeOf<NonNullable<ExecuteDeploymentOptions['onStatus']>>()
      .parameter(0)
      .toEqualTypeOf<DeployStatus>();
  });
});

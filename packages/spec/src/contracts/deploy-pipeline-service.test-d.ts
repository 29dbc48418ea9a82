import { describe, expectTypeOf, it } from 'vitest';
import type { DeployBundle, DeployBundleInput } from '../system/deploy-bundle.zod.js';
import type { DeployResult } from '../system/deploy-result.zod.js';
import type { DeployStatus } from '../system/deploy-status.zod.js';
import type { DeployValidationResult } from '../system/deploy-validation.zod.js';
import type { MigrationPlan } from '../system/migration-plan.zod.js';
import type { CallOptions } from './call-options.js';
import type { ExecuteDeploymentOptions, IDeployPipelineService } from './deploy-pipeline-service.js';

/** As the protocol issue has it. */
interface Asked {
  validateBundle(bundle: DeployBundle): DeployValidationResult;
  planDeployment(tenantId: string, bundle: DeployBundle): Promise<MigrationPlan>;
  executeDeployment(tenantId: string, plan: MigrationPlan): Promise<DeployResult>;
  rollbackDeployment(tenantId: string, deploymentId: string): Promise<void>;
}

describe('IDeployPipelineService', () => {
  it('is what was asked for, both ways, and nothing else', () => {
    expectTypeOf<IDeployPipelineService>().toExtend<Asked>();
    expectTypeOf<Asked>().toExtend<IDeployPipelineService>();
    expectTypeOf<keyof IDeployPipelineService>().toEqualTypeOf<keyof Asked>();
  });

  it('validates anything, and plans what an author wrote', () => {
    expectTypeOf<IDeployPipelineService['validateBundle']>().parameter(0).toBeUnknown();
    expectTypeOf<IDeployPipelineService['planDeployment']>().parameter(1).toEqualTypeOf<DeployBundleInput>();
    expectTypeOf<DeployBundle>().toExtend<DeployBundleInput>();
  });

  it('tells whoever executes of every status', () => {
    expectTypeOf<ExecuteDeploymentOptions>().toExtend<CallOptions>();
    expectTypeOf<NonNullable<ExecuteDeploymentOptions['onStatus']>>()
      .parameter(0)
      .toEqualTypeOf<DeployStatus>();
  });
});

import { describe, expectTypeOf, it } from 'vitest';
import type { DeployResult } from '../system/deploy-result.zod.js';
import type { IDeployPipelineService } from './deploy-pipeline-service.js';
import type { IDeploymentService, ReadyDeployResult } from './deployment-service.js';

declare const service: IDeploymentService;

describe('IDeploymentService', () => {
  it('takes the bundle of planDeployment and the options of executeDeployment', () => {
    expectTypeOf(service.deploy)
      .parameter(1)
      .toEqualTypeOf<Parameters<IDeployPipelineService['planDeployment']>[1]>();
    expectTypeOf(service.deploy)
      .parameter(2)
      .toEqualTypeOf<Parameters<IDeployPipelineService['executeDeployment']>[2]>();
  });

  it('returns only results of deployments that succeeded', () => {
    expectTypeOf(service.deploy).returns.resolves.toEqualTypeOf<ReadyDeployResult>();
    expectTypeOf<ReadyDeployResult['status']>().toEqualTypeOf<'ready'>();
    expectTypeOf<ReadyDeployResult>().toExtend<DeployResult>();
  });
});

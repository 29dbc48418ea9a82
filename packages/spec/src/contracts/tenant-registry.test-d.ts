import { describe, expectTypeOf, it } from 'vitest';
import type {
  DeploymentGuard,
  StoredDeployment,
  TenantRecord,
  TenantRecordState,
} from './registry-records.js';
import type { StepChange, StepEnd } from './step-records.js';
import type { ITenantRegistry } from './tenant-registry.js';

declare const registry: ITenantRegistry;

describe('ITenantRegistry', () => {
  it('reports whether a call created or changed anything', () => {
    expectTypeOf(registry.createTenant).returns.resolves.toEqualTypeOf<{
      record: TenantRecord;
      created: boolean;
      lease?: number;
    }>();
    expectTypeOf(registry.updateTenant).returns.resolves.toEqualTypeOf<{
      record: TenantRecord;
      changed: boolean;
      previous: TenantRecordState;
    }>();
    expectTypeOf(registry.recordStep).returns.resolves.toBeBoolean();
  });

  it('acquires a deployment only as it was read, and requires an error code for a failed step', () => {
    expectTypeOf(registry.listDeployments).returns.resolves.toEqualTypeOf<StoredDeployment[]>();
    expectTypeOf<{ take: string }>().not.toExtend<DeploymentGuard>();
    expectTypeOf<{ take: string; revision: null }>().toExtend<DeploymentGuard>();
    expectTypeOf<StepEnd>().toExtend<StepChange>();
    expectTypeOf<{ status: 'failed'; at: string }>().not.toExtend<StepEnd>();
  });
});

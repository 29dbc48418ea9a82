import { describe, expectTypeOf, it } from 'vitest';
import type { SealedConnectionConfig } from '../system/tenant.zod.js';
import type {
  DeploymentGuard,
  ITenantRegistry,
  StepChange,
  StepEnd,
  StoredDeployment,
  TenantChange,
  TenantRecord,
} from './tenant-registry.js';

declare const registry: ITenantRegistry;

describe('ITenantRegistry', () => {
  it('reports whether a call created or changed anything', () => {
    expectTypeOf(registry.createTenant).returns.resolves.toEqualTypeOf<{
      record: TenantRecord;
      created: boolean;
    }>();
    expectTypeOf(registry.updateTenant).returns.resolves.toEqualTypeOf<{
      record: TenantRecord;
      changed: boolean;
    }>();
    expectTypeOf(registry.recordStep).returns.resolves.toBeBoolean();
  });

  it('stores connections without unencrypted tokens', () => {
    expectTypeOf<TenantChange['connectionConfig']>().toEqualTypeOf<SealedConnectionConfig | undefined>();
    expectTypeOf<TenantRecord['tenant']['connectionConfig']>().toEqualTypeOf<
      SealedConnectionConfig | undefined
    >();
  });

  it('cannot change the quotas or the owner of a tenant', () => {
    expectTypeOf<TenantChange>().not.toHaveProperty('quotas');
    expectTypeOf<TenantChange>().not.toHaveProperty('organizationId');
  });

  it('acquires a deployment only as it was read, and requires an error code for a failed step', () => {
    expectTypeOf(registry.listDeployments).returns.resolves.toEqualTypeOf<StoredDeployment[]>();
    expectTypeOf<{ take: string }>().not.toExtend<DeploymentGuard>();
    expectTypeOf<{ take: string; revision: null }>().toExtend<DeploymentGuard>();
    expectTypeOf<StepEnd>().toExtend<StepChange>();
    expectTypeOf<{ status: 'failed'; at: string }>().not.toExtend<StepEnd>();
  });
});

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
  it('tells whether a call made or changed anything', () => {
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

  it('keeps connections without open tokens', () => {
    expectTypeOf<TenantChange['connectionConfig']>().toEqualTypeOf<SealedConnectionConfig | undefined>();
    expectTypeOf<TenantRecord['tenant']['connectionConfig']>().toEqualTypeOf<
      SealedConnectionConfig | undefined
    >();
  });

  it('changes neither the quotas nor the owner of a tenant', () => {
    expectTypeOf<TenantChange>().not.toHaveProperty('quotas');
    expectTypeOf<TenantChange>().not.toHaveProperty('organizationId');
  });

  it('takes a deployment as it was seen only, and keeps an error code with every failed step', () => {
    expectTypeOf(registry.listDeployments).returns.resolves.toEqualTypeOf<StoredDeployment[]>();
    expectTypeOf<{ take: string }>().not.toExtend<DeploymentGuard>();
    expectTypeOf<{ take: string; revision: null }>().toExtend<DeploymentGuard>();
    expectTypeOf<StepEnd>().toExtend<StepChange>();
    expectTypeOf<{ status: 'failed'; at: string }>().not.toExtend<StepEnd>();
  });
});

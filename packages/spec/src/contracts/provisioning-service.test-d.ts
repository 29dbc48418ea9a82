import { describe, expectTypeOf, it } from 'vitest';
import type {
  TenantPlan,
  TenantProvisioningRequest,
  TenantProvisioningResult,
  TenantProvisioningStatus,
} from '../system/provisioning.zod.js';
import type { CallOptions } from './call-options.js';
import type { IProvisioningService, ProvisionTenantOptions } from './provisioning-service.js';

type Options = CallOptions | undefined;

/** The signatures in the protocol issue. */
interface Asked {
  provisionTenant(request: TenantProvisioningRequest): Promise<TenantProvisioningResult>;
  suspendTenant(tenantId: string): Promise<void>;
  resumeTenant(tenantId: string): Promise<void>;
  destroyTenant(tenantId: string): Promise<void>;
  getTenantStatus(tenantId: string): Promise<TenantProvisioningStatus>;
  migrateTenantPlan(tenantId: string, newPlan: TenantPlan): Promise<void>;
}

describe('IProvisioningService', () => {
  it("matches the protocol's signatures exactly", () => {
    expectTypeOf<IProvisioningService>().toExtend<Asked>();
    expectTypeOf<Asked>().toExtend<IProvisioningService>();
    expectTypeOf<keyof IProvisioningService>().toEqualTypeOf<keyof Asked>();
  });

  it('accepts requests with and without their defaults', () => {
    type Request = Parameters<IProvisioningService['provisionTenant']>[0];
    expectTypeOf<TenantProvisioningRequest>().toExtend<Request>();
    expectTypeOf<{ orgId: string }>().toExtend<Request>();
    expectTypeOf<{ plan: 'free' }>().not.toExtend<Request>();
  });

  it('accepts call options in every mutating method', () => {
    expectTypeOf<IProvisioningService['provisionTenant']>()
      .parameter(1)
      .toEqualTypeOf<ProvisionTenantOptions | undefined>();
    expectTypeOf<IProvisioningService['suspendTenant']>().parameter(1).toEqualTypeOf<Options>();
    expectTypeOf<IProvisioningService['resumeTenant']>().parameter(1).toEqualTypeOf<Options>();
    expectTypeOf<IProvisioningService['destroyTenant']>().parameter(1).toEqualTypeOf<Options>();
    expectTypeOf<IProvisioningService['migrateTenantPlan']>().parameter(2).toEqualTypeOf<Options>();
  });
});

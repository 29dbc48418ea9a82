import { describe, expectTypeOf, it } from 'vitest';
import type {
  TenantPlan,
  TenantProvisioningRequest,
  TenantProvisioningResult,
  TenantProvisioningStatus,
} from '../system/provisioning.zod.js';
import type { CallOptions } from './call-options.js';
import type { IProvisioningService } from './provisioning-service.js';

type Options = CallOptions | undefined;

/** As the protocol issue has it. */
interface Asked {
  provisionTenant(request: TenantProvisioningRequest): Promise<TenantProvisioningResult>;
  suspendTenant(tenantId: string): Promise<void>;
  resumeTenant(tenantId: string): Promise<void>;
  destroyTenant(tenantId: string): Promise<void>;
  getTenantStatus(tenantId: string): Promise<TenantProvisioningStatus>;
  migrateTenantPlan(tenantId: string, newPlan: TenantPlan): Promise<void>;
}

describe('IProvisioningService', () => {
  it('is what was asked for, both ways, and nothing else', () => {
    expectTypeOf<IProvisioningService>().toExtend<Asked>();
    expectTypeOf<Asked>().toExtend<IProvisioningService>();
    expectTypeOf<keyof IProvisioningService>().toEqualTypeOf<keyof Asked>();
  });

  it('takes requests with and without their defaults', () => {
    type Request = Parameters<IProvisioningService['provisionTenant']>[0];
    expectTypeOf<TenantProvisioningRequest>().toExtend<Request>();
    expectTypeOf<{ orgId: string }>().toExtend<Request>();
    expectTypeOf<{ plan: 'free' }>().not.toExtend<Request>();
  });

  it('takes call options at every mutation', () => {
    expectTypeOf<IProvisioningService['provisionTenant']>().parameter(1).toEqualTypeOf<Options>();
    expectTypeOf<IProvisioningService['suspendTenant']>().parameter(1).toEqualTypeOf<Options>();
    expectTypeOf<IProvisioningService['resumeTenant']>().parameter(1).toEqualTypeOf<Options>();
    expectTypeOf<IProvisioningService['destroyTenant']>().parameter(1).toEqualTypeOf<Options>();
    expectTypeOf<IProvisioningService['migrateTenantPlan']>().parameter(2).toEqualTypeOf<Options>();
  });
});

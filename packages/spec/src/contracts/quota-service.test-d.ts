import { describe, expectTypeOf, it } from 'vitest';
import type { QuotaReservation } from '../system/quota-reservation.zod.js';
import type { QuotaEnforcementResult, TenantQuota, TenantUsage } from '../system/tenant-quota.zod.js';
import type { IQuotaService } from './quota-service.js';

declare const quotas: IQuotaService;
declare const result: QuotaEnforcementResult;

describe('IQuotaService', () => {
  it('requires the name of a quota', () => {
    expectTypeOf(quotas.checkQuota).parameter(1).toEqualTypeOf<keyof TenantQuota>();
    expectTypeOf(quotas.checkQuota).returns.resolves.toEqualTypeOf<QuotaEnforcementResult>();
    expectTypeOf(quotas.getUsage).returns.resolves.toEqualTypeOf<TenantUsage>();
  });

  it('reserves only quotas that are counted in the registry', () => {
    expectTypeOf(quotas.reserve)
      .parameter(1)
      .toEqualTypeOf<'maxUsers' | 'maxObjects' | 'maxDeploymentsPerDay'>();
    expectTypeOf(quotas.reserve).returns.resolves.toEqualTypeOf<QuotaReservation>();
  });

  it('returns the limit and a message on refusal', () => {
    if (result.allowed) expectTypeOf(result.limit).toEqualTypeOf<number | undefined>();
    else {
      expectTypeOf(result.limit).toBeNumber();
      expectTypeOf(result.message).toBeString();
    }
  });
});

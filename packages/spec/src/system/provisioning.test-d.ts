import { describe, expectTypeOf, it } from 'vitest';
import type { ProblemDetails } from '../shared/problem-details.zod.js';
import type {
  TenantProvisioningRequest,
  TenantProvisioningRequestInput,
  TenantProvisioningResult,
} from './provisioning.zod.js';

declare const result: TenantProvisioningResult;

describe('TenantProvisioningResult', () => {
  it('has a URL and a timestamp while the database exists', () => {
    if (result.status !== 'active' && result.status !== 'suspended') return;
    expectTypeOf(result.connectionUrl).toEqualTypeOf<string>();
    expectTypeOf(result.provisionedAt).toEqualTypeOf<string>();
    expectTypeOf(result).not.toHaveProperty('error');
  });

  it('has an error if it failed', () => {
    if (result.status !== 'failed') return;
    expectTypeOf(result.error).toEqualTypeOf<ProblemDetails>();
    expectTypeOf(result).not.toHaveProperty('connectionUrl');
  });

  it('has neither otherwise', () => {
    if (result.status !== 'provisioning' && result.status !== 'destroying') return;
    expectTypeOf(result).not.toHaveProperty('connectionUrl');
    expectTypeOf(result).not.toHaveProperty('error');
  });
});

describe('TenantProvisioningRequest', () => {
  it('has optional input properties', () => {
    expectTypeOf<{ orgId: string }>().toExtend<TenantProvisioningRequestInput>();
    expectTypeOf<{ orgId: string }>().not.toExtend<TenantProvisioningRequest>();
    expectTypeOf<TenantProvisioningRequest['plan']>().toEqualTypeOf<'free' | 'pro' | 'enterprise'>();
  });
});

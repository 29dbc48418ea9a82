import { describe, expectTypeOf, it } from 'vitest';
import type { AuditPage } from '../system/audit.zod.js';
import type { TenantDetails, TenantPage } from '../system/tenant-list.zod.js';
import type { ITenantService } from './tenant-service.js';

declare const service: ITenantService;

describe('ITenantService', () => {
  it('lists all tenants without a request, and accepts a partial one', () => {
    expectTypeOf(service.list).toBeCallableWith();
    expectTypeOf(service.list).toBeCallableWith({ status: 'failed', page: { limit: 10 } });
    expectTypeOf(service.list).returns.resolves.toEqualTypeOf<TenantPage>();
  });

  it('returns a page of the audit log, the first one by default', () => {
    expectTypeOf(service.audit).toBeCallableWith('t');
    expectTypeOf(service.audit).toBeCallableWith('t', { limit: 10 });
    expectTypeOf(service.audit).returns.resolves.toEqualTypeOf<AuditPage>();
  });

  it('returns a tenant with its steps', () => {
    expectTypeOf(service.get).returns.resolves.toEqualTypeOf<TenantDetails>();
  });
});

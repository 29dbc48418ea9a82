import { describe, expectTypeOf, it } from 'vitest';
import type { SealedConnectionConfig } from '../system/tenant.zod.js';
import type { TenantChange, TenantRecord } from './registry-records.js';

describe('TenantChange', () => {
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
});

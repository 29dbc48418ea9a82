import { describe, expectTypeOf, it } from 'vitest';
import type { AuthSession } from '../identity/session.zod.js';
import type { TenantRuntimeContext } from '../kernel/context.zod.js';
import type { IDataDriver } from './data-driver.js';
import type { ITenantRouter } from './tenant-router.js';

/** The signatures in the protocol issue. */
interface Asked {
  resolveTenant(session: AuthSession): Promise<TenantRuntimeContext>;
  getTenantClient(tenantId: string): Promise<IDataDriver>;
  invalidateCache(tenantId: string): void;
}

describe('ITenantRouter', () => {
  it("matches the protocol's signatures exactly", () => {
    expectTypeOf<ITenantRouter>().toExtend<Asked>();
    expectTypeOf<Asked>().toExtend<ITenantRouter>();
    expectTypeOf<keyof ITenantRouter>().toEqualTypeOf<keyof Asked>();
  });

  it('invalidates synchronously', () => {
    expectTypeOf<ITenantRouter['invalidateCache']>().returns.toBeVoid();
  });
});

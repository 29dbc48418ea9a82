import { describe, expectTypeOf, it } from 'vitest';
import type { AuthSession } from '../identity/session.zod.js';
import type { TenantRuntimeContext } from '../kernel/context.zod.js';
import type { IDataDriver } from './data-driver.js';
import type { ITenantRouter } from './tenant-router.js';

/** As the protocol issue has it. */
interface Asked {
  resolveTenant(session: AuthSession): Promise<TenantRuntimeContext>;
  getTenantClient(tenantId: string): Promise<IDataDriver>;
  invalidateCache(tenantId: string): void;
}

describe('ITenantRouter', () => {
  it('is what was asked for, both ways, and nothing else', () => {
    expectTypeOf<ITenantRouter>().toExtend<Asked>();
    expectTypeOf<Asked>().toExtend<ITenantRouter>();
    expectTypeOf<keyof ITenantRouter>().toEqualTypeOf<keyof Asked>();
  });

  it('forgets without waiting', () => {
    expectTypeOf<ITenantRouter['invalidateCache']>().returns.toBeVoid();
  });
});

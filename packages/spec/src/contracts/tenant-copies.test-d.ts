import { describe, expectTypeOf, it } from 'vitest';
import type { TenantRecord } from './registry-records.js';
import type { ITenantCopies, TenantCopyChange } from './tenant-copies.js';
import type { ITenantRegistry } from './tenant-registry.js';

describe('ITenantCopies', () => {
  it('is part of the registry', () => {
    expectTypeOf<ITenantRegistry>().toExtend<ITenantCopies>();
  });

  it('never changes which database a copy is', () => {
    expectTypeOf<keyof TenantCopyChange>().toEqualTypeOf<'status' | 'expiresAt'>();
  });

  it('switches a database, or changes nothing', () => {
    expectTypeOf<ITenantCopies['switchDatabase']>().returns.resolves.toEqualTypeOf<TenantRecord | null>();
  });
});

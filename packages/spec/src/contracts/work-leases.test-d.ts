import { describe, expectTypeOf, it } from 'vitest';
import type { ITenantRegistry } from './tenant-registry.js';
import type { IWorkLeases } from './work-leases.js';

describe('IWorkLeases', () => {
  it('is part of the registry', () => {
    expectTypeOf<ITenantRegistry>().toExtend<IWorkLeases>();
  });

  it('returns a token, or null', () => {
    expectTypeOf<IWorkLeases['takeWorkLease']>().returns.resolves.toEqualTypeOf<number | null>();
  });
});

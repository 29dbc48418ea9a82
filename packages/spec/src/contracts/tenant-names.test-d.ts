import { describe, expectTypeOf, it } from 'vitest';
import type { TenantNamesChange, TenantSelection } from './tenant-names.js';

describe('TenantNamesChange', () => {
  it('distinguishes an absent slug from one that is removed', () => {
    expectTypeOf<{ slug: null; now: string; reservedUntil: string }>().toExtend<TenantNamesChange>();
    expectTypeOf<{ hostnames: []; now: string; reservedUntil: string }>().toExtend<TenantNamesChange>();
    expectTypeOf<{ slug: undefined; now: string; reservedUntil: string }>().not.toExtend<TenantNamesChange>();
  });
});

describe('TenantSelection', () => {
  it('has every kind of text', () => {
    expectTypeOf<TenantSelection>().toEqualTypeOf<
      Readonly<Record<'ids' | 'slugs' | 'hostnames', readonly string[]>>
    >();
  });
});

import { describe, expectTypeOf, it } from 'vitest';
import type { IDatabasePool, PooledDatabase, PooledDatabaseChange } from './database-pool.js';
import type { TenantRecord } from './registry-records.js';
import type { ITenantRegistry } from './tenant-registry.js';

describe('IDatabasePool', () => {
  it('is part of the registry', () => {
    expectTypeOf<ITenantRegistry>().toExtend<IDatabasePool>();
  });

  it('claims a database for a tenant, or none', () => {
    expectTypeOf<IDatabasePool['claimPooledDatabase']>().returns.resolves.toEqualTypeOf<{
      record: TenantRecord;
      created: boolean;
    } | null>();
  });

  it('never changes what a database contains', () => {
    expectTypeOf<keyof PooledDatabaseChange>().toEqualTypeOf<'status' | 'url' | 'owner' | 'usedAt'>();
    expectTypeOf<PooledDatabase['status']>().toEqualTypeOf<'preparing' | 'ready' | 'deleting'>();
  });
});

import { describe, expectTypeOf, it } from 'vitest';
import type * as schemas from '../data/driver/turso-platform.zod.js';
import type { ITursoPlatformService, TursoDatabaseInfo, TursoTokenScope } from './turso-platform.js';

describe('ITursoPlatformService', () => {
  it('has the methods that were asked for, and the purge of what a local disk keeps aside', () => {
    expectTypeOf<keyof ITursoPlatformService>().toEqualTypeOf<
      | 'createDatabase'
      | 'deleteDatabase'
      | 'listDatabases'
      | 'getDatabase'
      | 'createToken'
      | 'revokeToken'
      | 'setDatabaseAccess'
      | 'getDatabaseUsage'
      | 'purgeDatabase'
    >();
  });

  it('creates, finds and lists the same kind of database', () => {
    expectTypeOf<
      ITursoPlatformService['createDatabase']
    >().returns.resolves.toEqualTypeOf<TursoDatabaseInfo>();
    expectTypeOf<
      ITursoPlatformService['getDatabase']
    >().returns.resolves.toEqualTypeOf<TursoDatabaseInfo | null>();
    expectTypeOf<ITursoPlatformService['listDatabases']>().returns.resolves.toEqualTypeOf<
      TursoDatabaseInfo[]
    >();
    expectTypeOf<ITursoPlatformService['listDatabases']>().toBeCallableWith();
  });

  it('scopes tokens, and says that all of them end together', () => {
    expectTypeOf<ITursoPlatformService['createToken']>()
      .parameter(1)
      .toEqualTypeOf<'full-access' | 'read-only'>();
    expectTypeOf<ITursoPlatformService['revokeToken']>().returns.resolves.toEqualTypeOf<{
      revoked: 'all_tokens_of_database';
    }>();
  });

  it('hands on the types of its schemas', () => {
    expectTypeOf<TursoDatabaseInfo>().toEqualTypeOf<schemas.TursoDatabaseInfo>();
    expectTypeOf<TursoTokenScope>().toEqualTypeOf<schemas.TursoTokenScope>();
  });
});

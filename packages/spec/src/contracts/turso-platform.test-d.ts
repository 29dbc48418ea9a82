import { describe, expectTypeOf, it } from 'vitest';
import type * as schemas from '../data/driver/turso-platform.zod.js';
import type { ITursoPlatformService, TursoDatabaseInfo, TursoTokenScope } from './turso-platform.js';

describe('ITursoPlatformService', () => {
  it('has the methods of the protocol, a purge of retained databases, a size limit, servers and its capabilities', () => {
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
      | 'setSizeLimit'
      | 'listPlacements'
      | 'supports'
    >();
  });

  it('creates, finds and lists databases of one type', () => {
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

  it('has token scopes, and revokes all tokens together', () => {
    expectTypeOf<ITursoPlatformService['createToken']>()
      .parameter(1)
      .toEqualTypeOf<'full-access' | 'read-only'>();
    expectTypeOf<ITursoPlatformService['revokeToken']>().returns.resolves.toEqualTypeOf<{
      revoked: 'all_tokens_of_database';
    }>();
  });

  it('re-exports the types of its schemas', () => {
    expectTypeOf<TursoDatabaseInfo>().toEqualTypeOf<schemas.TursoDatabaseInfo>();
    expectTypeOf<TursoTokenScope>().toEqualTypeOf<schemas.TursoTokenScope>();
  });
});

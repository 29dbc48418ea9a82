import { describe, expectTypeOf, it } from 'vitest';
import type { SealedSecret } from '../shared/sealed-secret.zod.js';
import type { IServerDatabaseStore, ServerDatabase } from './server-database-store.js';

describe('IServerDatabaseStore', () => {
  it('stores private keys only sealed', () => {
    expectTypeOf<ServerDatabase['signingKey']>().toEqualTypeOf<SealedSecret>();
  });

  it('changes records by compare-and-set', () => {
    expectTypeOf<IServerDatabaseStore['replace']>().parameter(1).toEqualTypeOf<number>();
    expectTypeOf<IServerDatabaseStore['add']>().returns.resolves.toEqualTypeOf<boolean>();
  });
});

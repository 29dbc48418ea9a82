import { describe, expectTypeOf, it } from 'vitest';
import type { SqlDatabase, SqlResult, SqlStatement, SqlTransaction } from './sql-database.js';

declare const database: SqlDatabase;

describe('SqlDatabase', () => {
  it('runs statements with and without a transaction', () => {
    expectTypeOf(database.execute).parameters.toEqualTypeOf<[SqlStatement]>();
    expectTypeOf(database.begin).returns.resolves.toEqualTypeOf<SqlTransaction>();
    expectTypeOf<SqlTransaction['execute']>().returns.resolves.toEqualTypeOf<SqlResult>();
    expectTypeOf<{ sql: string }>().toExtend<SqlStatement>();
  });
});

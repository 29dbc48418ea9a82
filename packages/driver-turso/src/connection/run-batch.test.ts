import { join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { pooledFile } from './pooled-file.js';

/** Enough statements for the event loop to turn before the last of them. */
const MANY = Array.from({ length: 20_000 }, (_, index) => ({
  sql: 'INSERT INTO t VALUES (?)',
  args: [index],
}));

async function file() {
  const opened = pooledFile(join(await temporaryFolder(), 'a.db'), { create: true });
  await opened.execute({ sql: 'CREATE TABLE t (a)' });
  return opened;
}

const REQUEST = { foreignKeys: 'on', mode: 'write' } as const;

describe('runBatch', () => {
  it('yields to timers, and rolls back a batch that is aborted there', async () => {
    const opened = await file();
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 1);
    await expect(opened.atomic(MANY, { ...REQUEST, signal: caller.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect((await opened.execute({ sql: 'SELECT count(*) AS n FROM t' })).rows).toEqual([{ n: 0 }]);
  });

  it('reports the index of the failed statement, and has no effect', async () => {
    const opened = await file();
    const statements = [...MANY.slice(0, 3), { sql: 'INSERT INTO missing VALUES (1)' }];
    await expect(opened.atomic(statements, REQUEST)).rejects.toMatchObject({
      details: { statementIndex: 3 },
    });
    expect((await opened.execute({ sql: 'SELECT count(*) AS n FROM t' })).rows).toEqual([{ n: 0 }]);
  });

  it.each([0, 1, 15, 16, 39])(
    'reports the index of a failed statement among many that create tables: %i',
    async (failed) => {
      const opened = await file();
      const statements = Array.from({ length: 40 }, (_, at) => ({ sql: `CREATE TABLE "t${at}" ("a" TEXT)` }));
      statements[failed] = { sql: `CREATE TABLE "t" ("a" TEXT)` };
      await expect(opened.atomic(statements, REQUEST)).rejects.toMatchObject({
        code: 'sql_error',
        details: { statementIndex: failed },
      });
      const tables = `SELECT group_concat(name) AS names FROM sqlite_schema`;
      expect((await opened.execute({ sql: tables })).rows).toEqual([{ names: 't' }]);
      statements.splice(failed, 1);
      expect(await opened.atomic(statements, REQUEST)).toEqual(Array(39).fill({ rows: [], rowsAffected: 0 }));
    },
  );

  it('yields to timers between many tables, and rolls back if it is aborted there', async () => {
    const opened = await file();
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 1);
    const statements = Array.from({ length: 2_000 }, (_, at) => ({
      sql: `CREATE TABLE "t${at}" ("a" TEXT)`,
    }));
    await expect(opened.atomic(statements, { ...REQUEST, signal: caller.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect((await opened.execute({ sql: 'SELECT count(*) AS n FROM sqlite_schema' })).rows).toEqual([
      { n: 1 },
    ]);
  });
});

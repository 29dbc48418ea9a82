import { join } from 'node:path';
import { openLocalDatabase } from '@objectstack/driver-turso';
import type { SqlDatabase } from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { Kysely } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { controlDialect } from './control-dialect.js';

interface Tables {
  note: { id: number; body: string | null };
}

async function openNotes(): Promise<{ database: SqlDatabase; db: Kysely<Tables> }> {
  const database = openLocalDatabase({ path: join(await temporaryFolder(), 'notes.db') });
  onTestFinished(() => database.close());
  await database.execute({ sql: 'CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)' });
  return { database, db: new Kysely<Tables>({ dialect: controlDialect(database) }) };
}

const all = (db: Kysely<Tables>) => db.selectFrom('note').selectAll().orderBy('id').execute();

describe('controlDialect', () => {
  it('writes and reads with bound values', async () => {
    const { db } = await openNotes();
    await db
      .insertInto('note')
      .values([
        { id: 1, body: `it's "quoted"` },
        { id: 2, body: null },
      ])
      .execute();
    expect(await all(db)).toEqual([
      { id: 1, body: `it's "quoted"` },
      { id: 2, body: null },
    ]);
  });

  it('counts the rows that a statement changed', async () => {
    const { db } = await openNotes();
    const insert = db.insertInto('note').values({ id: 1, body: 'a' });
    expect((await insert.executeTakeFirstOrThrow()).numInsertedOrUpdatedRows).toBe(1n);
    const ignored = await insert.onConflict((conflict) => conflict.doNothing()).executeTakeFirstOrThrow();
    expect(ignored.numInsertedOrUpdatedRows).toBe(0n);
    const update = await db
      .updateTable('note')
      .set({ body: 'b' })
      .where('id', '>', 5)
      .executeTakeFirstOrThrow();
    expect(update.numUpdatedRows).toBe(0n);
  });

  it('commits a transaction as a whole', async () => {
    const { db } = await openNotes();
    await db.transaction().execute(async (transaction) => {
      await transaction.insertInto('note').values({ id: 1, body: 'a' }).execute();
      await transaction.insertInto('note').values({ id: 2, body: 'b' }).execute();
    });
    expect(await all(db)).toHaveLength(2);
  });

  it('rolls back a transaction that fails', async () => {
    const { db } = await openNotes();
    const failing = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('note').values({ id: 1, body: 'a' }).execute();
      await transaction.insertInto('note').values({ id: 1, body: 'b' }).execute();
    });
    await expect(failing).rejects.toMatchObject({ code: 'unique_violation' });
    expect(await all(db)).toEqual([]);
  });

  it('rejects streaming', async () => {
    const { db } = await openNotes();
    const stream = db.selectFrom('note').selectAll().stream();
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'internal' });
  });
});

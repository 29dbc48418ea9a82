import { openLocalDatabase } from '@objectstack/driver-turso';
import { ObjectStackError } from '@objectstack/spec/shared';
import { temporaryFolder } from '@objectstack/testing';
import { Kysely, sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { controlDialect } from './control-dialect.js';
import { GroupedWrites } from './grouped-writes.js';
import type { RegistryTables } from './registry-tables.js';

async function openWrites() {
  const database = openLocalDatabase({ path: `${await temporaryFolder()}/control.db` });
  onTestFinished(() => database.close());
  let commits = 0;
  let losesAnswers = false;
  const begin = async () => {
    commits++;
    const transaction = await database.begin();
    const commit = transaction.commit.bind(transaction);
    transaction.commit = async () => {
      await commit();
      if (losesAnswers) throw new ObjectStackError({ code: 'database_busy', message: 'Lost.' });
    };
    return transaction;
  };
  const counted = new Proxy(database, {
    get(target, key) {
      if (key === 'begin') return begin;
      const member: unknown = Reflect.get(target, key, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  const db = new Kysely<RegistryTables>({ dialect: controlDialect(counted) });
  await sql`CREATE TABLE item (id INTEGER PRIMARY KEY)`.execute(db);
  const writes = new GroupedWrites(db, async (one, ids: readonly number[]) => {
    for (const id of ids) await sql`INSERT INTO item VALUES (${id})`.execute(one);
    return ids;
  });
  const insert = (id: number) => writes.run(id);
  const ids = async () =>
    (await sql<{ id: number }>`SELECT id FROM item ORDER BY id`.execute(db)).rows.map(({ id }) => id);
  const loseAnswers = () => {
    losesAnswers = true;
  };
  return { insert, ids, loseAnswers, transactions: () => commits };
}

describe('GroupedWrites', () => {
  it('commits writes that wait together in one transaction', async () => {
    const { insert, ids, transactions } = await openWrites();
    const all = Array.from({ length: 20 }, (_, id) => id);
    expect(await Promise.all(all.map(insert))).toEqual(all);
    expect(await ids()).toEqual(all);
    expect(transactions()).toBe(1);
  });

  it('fails only the writes that fail by themselves', async () => {
    const { insert, ids } = await openWrites();
    await insert(3);
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(insert));
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(await ids()).toEqual([1, 2, 3, 4, 5]);
    expect(await insert(6)).toBe(6);
  });

  it('runs no write twice when the answer to the commit of several is lost', async () => {
    const { insert, ids, loseAnswers, transactions } = await openWrites();
    loseAnswers();
    const outcomes = await Promise.allSettled([1, 2, 3].map(insert));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'database_busy' } });
    expect(await ids()).toEqual([1, 2, 3]);
    expect(transactions()).toBe(1);
  });
});

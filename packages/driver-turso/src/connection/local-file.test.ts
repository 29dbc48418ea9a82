import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { startChild } from '../../test/children.js';
import { directClient } from '../../test/database.js';
import type { Connection } from './connection.js';
import { pooledFile } from './pooled-file.js';

const READ = { foreignKeys: 'on', mode: 'read' } as const;
const WRITE = { foreignKeys: 'on', mode: 'write' } as const;
const WITHOUT_KEYS = { foreignKeys: 'off', mode: 'write' } as const;
const TABLES = [
  'CREATE TABLE parent (id TEXT PRIMARY KEY)',
  'CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE, parent TEXT REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED)',
].map((sql) => ({ sql }));
const insert = (name: string, parent: string | null = null) => ({
  sql: 'INSERT INTO item (name, parent) VALUES (?, ?)',
  args: [name, parent],
});

async function freshFile(settings = {}) {
  const path = join(await temporaryFolder(), 'a.db');
  const file = pooledFile(path, { create: true, ...settings });
  await file.atomic(TABLES, WRITE);
  return { path, file };
}

async function namesIn(file: Pick<Connection, 'execute'>): Promise<unknown[]> {
  return (await file.execute({ sql: 'SELECT name FROM item ORDER BY id' })).rows.map(({ name }) => name);
}

describe('pooledFile', () => {
  it('runs 200 concurrent transactions in the order in which they were requested', async () => {
    const { file } = await freshFile();
    const names = Array.from({ length: 200 }, (_, index) => `n${index}`);
    await Promise.all(
      names.map(async (name) => {
        const transaction = await file.begin();
        await transaction.execute(insert(name));
        await transaction.commit();
      }),
    );
    expect(await namesIn(file)).toEqual(names);
  });

  it('waits for another process and loses no write', async () => {
    const { path, file } = await freshFile();
    const holder = await startChild({ kind: 'hold_lock', path });
    const waiting = file.execute(insert('waited'));
    setTimeout(holder.go, 400);
    await waiting;
    for (let index = 0; index < 50; index++) await file.execute(insert(`n${index}`));
    const transaction = await file.begin();
    await transaction.execute(insert('last'));
    await transaction.commit();
    const { rows } = await directClient(path).execute('SELECT count(*) AS n FROM item');
    expect(rows[0]?.n).toBe(52);
  });

  it('rejects after the busy timeout and is usable when the lock is released', async () => {
    const { path } = await freshFile();
    const file = pooledFile(path, { busyTimeoutMs: 10 });
    const holder = await startChild({ kind: 'hold_lock', path });
    await expect(file.execute(insert('a'))).rejects.toMatchObject({ code: 'database_busy', retryable: true });
    await expect(file.begin()).rejects.toMatchObject({ code: 'database_busy' });
    await expect(file.atomic([insert('a')], WITHOUT_KEYS)).rejects.toMatchObject({ code: 'database_busy' });
    expect(await namesIn(file)).toEqual([]);
    holder.go();
    await holder.outcome;
    await file.execute(insert('b'));
    await expect(file.execute(insert('c', 'no-such-id'))).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    expect(await namesIn(file)).toEqual(['b']);
  });

  it('stops waiting for another process when the call is aborted', async () => {
    const { path, file } = await freshFile();
    const holder = await startChild({ kind: 'hold_lock', path });
    for (const call of [
      (signal: AbortSignal) => file.execute(insert('a'), { signal }),
      (signal: AbortSignal) => file.begin({ signal }),
      (signal: AbortSignal) => file.atomic([insert('a')], { ...WITHOUT_KEYS, signal }),
    ]) {
      const start = performance.now();
      await expect(call(AbortSignal.timeout(100))).rejects.toMatchObject({ code: 'aborted' });
      expect(performance.now() - start).toBeLessThan(3_000);
    }
    holder.go();
    await holder.outcome;
    await file.execute(insert('b'));
    expect(await namesIn(file)).toEqual(['b']);
  });

  it('rejects a missing file and does not create it', async () => {
    const path = join(await temporaryFolder(), 'none.db');
    await expect(pooledFile(path).execute({ sql: 'SELECT 1' })).rejects.toMatchObject({
      code: 'database_not_found',
    });
    await writeFile(path, '');
    expect((await pooledFile(path).execute({ sql: 'SELECT 1 AS one' })).rows).toEqual([{ one: 1 }]);
  });

  it('never writes to a file that was moved away', async () => {
    const { path } = await freshFile();
    const file = pooledFile(path);
    await file.execute(insert('a'));
    await file.close();
    await file.execute(insert('b'));
    for (const suffix of ['', '-wal', '-shm']) await rename(path + suffix, `${path}.moved${suffix}`);
    await expect(file.execute(insert('c'))).rejects.toMatchObject({ code: 'database_not_found' });
    await expect(file.begin()).rejects.toMatchObject({ code: 'database_not_found' });
    expect(await namesIn(pooledFile(`${path}.moved`))).toEqual(['a', 'b']);
  });

  it('does not commit into a file that was moved away', async () => {
    const { path } = await freshFile();
    const transaction = await pooledFile(path).begin();
    await transaction.execute(insert('a'));
    for (const suffix of ['', '-wal', '-shm']) await rename(path + suffix, `${path}.moved${suffix}`);
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'database_not_found' });
    expect(await namesIn(pooledFile(`${path}.moved`))).toEqual([]);
  });

  it('continues with the new file after the file was replaced', async () => {
    const { path, file } = await freshFile();
    await file.execute(insert('old'));
    const other = await freshFile();
    await other.file.execute(insert('new'));
    await other.file.close();
    for (const suffix of ['-wal', '-shm']) await rename(path + suffix, `${path}.moved${suffix}`);
    await rename(path, `${path}.moved`);
    await rename(other.path, path);
    await file.execute(insert('newer'));
    expect(await namesIn(file)).toEqual(['new', 'newer']);
    expect(await namesIn(pooledFile(`${path}.moved`))).toEqual(['old']);
  });

  it('rejects a file that is not a database', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'garbage.db'), 'garbage '.repeat(1_000));
    await mkdir(join(folder, 'folder.db'));
    for (const name of ['garbage.db', 'folder.db']) {
      const file = pooledFile(join(folder, name));
      await expect(file.execute({ sql: 'SELECT 1' })).rejects.toMatchObject({ code: 'database_invalid' });
      await expect(file.begin()).rejects.toMatchObject({ code: 'database_invalid' });
    }
  });

  it.each(['with space', 'a#b', 'a%20b', 'a?b', "quo'te", 'ünïcode'])(
    'works in a folder named %s',
    async (name) => {
      const folder = join(await temporaryFolder(), name);
      await mkdir(folder);
      const file = pooledFile(join(folder, 'a.db'), { create: true });
      await file.atomic(TABLES, WRITE);
      await file.execute(insert('a'));
      await file.close();
      const client = createClient({ url: pathToFileURL(join(folder, 'a.db')).href });
      expect((await client.execute('SELECT name FROM item')).rows[0]?.name).toBe('a');
      client.close();
    },
  );

  it('rolls back a list when a statement fails, and reports its index', async () => {
    const { file } = await freshFile();
    const statements = [insert('a'), insert('b'), insert('a'), insert('c')];
    await expect(file.atomic(statements, WRITE)).rejects.toMatchObject({
      code: 'unique_violation',
      details: { object: 'item', fields: ['name'], statementIndex: 2 },
    });
    expect(await namesIn(file)).toEqual([]);
  });

  it('enforces foreign keys again after a list without them, and after one that failed', async () => {
    const { file } = await freshFile();
    await file.atomic([insert('orphan', 'no-such-id')], WITHOUT_KEYS);
    await expect(file.atomic([insert('a', 'no-such-id')], WRITE)).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    await expect(file.atomic([insert('b'), insert('b')], WITHOUT_KEYS)).rejects.toMatchObject({
      code: 'unique_violation',
    });
    await expect(file.execute(insert('c', 'no-such-id'))).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    expect(await namesIn(file)).toEqual(['orphan']);
  });

  it('rejects a commit that violates a deferred foreign key, and stays usable', async () => {
    const { file } = await freshFile();
    const transaction = await file.begin();
    await transaction.execute(insert('a', 'no-such-id'));
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'foreign_key_violation' });
    await expect(transaction.execute(insert('b'))).rejects.toMatchObject({ code: 'invalid_transaction' });
    await expect(transaction.commit()).rejects.toMatchObject({ code: 'invalid_transaction' });
    await transaction.rollback();
    await file.execute(insert('c'));
    expect(await namesIn(file)).toEqual(['c']);
  });

  it('continues a transaction after a failed statement', async () => {
    const { path, file } = await freshFile();
    const transaction = await file.begin();
    await transaction.execute(insert('a'));
    await expect(transaction.execute(insert('a'))).rejects.toMatchObject({ code: 'unique_violation' });
    await transaction.execute(insert('b'));
    await transaction.commit();
    const { rows } = await directClient(path).execute('SELECT name FROM item ORDER BY id');
    expect(rows.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('closes only after the open transaction has ended, and reopens automatically', async () => {
    const { file } = await freshFile();
    const transaction = await file.begin();
    const closing = file.close();
    await transaction.execute(insert('a'));
    await transaction.commit();
    await closing;
    await file.close();
    expect(await namesIn(file)).toEqual(['a']);
  });

  it('uses full synchronization as soon as one user of the file requires it', async () => {
    const path = join(await temporaryFolder(), 'a.db');
    const fast = pooledFile(path, { create: true, durability: 'normal' });
    const synchronous = async () => (await fast.execute({ sql: 'PRAGMA synchronous' })).rows[0]?.synchronous;
    expect(await synchronous()).toBe(1);
    pooledFile(path);
    expect(await synchronous()).toBe(2);
    pooledFile(path, { durability: 'normal' });
    expect(await synchronous()).toBe(2);
  });

  it('serves more files than may be open at once', async () => {
    const folder = await temporaryFolder();
    const files = Array.from({ length: 600 }, (_, index) =>
      pooledFile(join(folder, `${index}.db`), { create: true, durability: 'normal' }),
    );
    for (const file of files)
      await file.execute({ sql: 'CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)' });
    await Promise.all(
      files.map((file, index) => file.execute({ sql: 'INSERT INTO item (name) VALUES (?)', args: [index] })),
    );
    for (const [index, file] of files.entries()) expect(await namesIn(file)).toEqual([String(index)]);
  });

  it.each([['a\0b'], ['half \ud800 pair'], [Number.NaN], [2n ** 63n]])(
    'rejects a value that binding would change',
    async (value) => {
      const { file } = await freshFile();
      await expect(file.execute({ sql: 'SELECT ?', args: [value] })).rejects.toMatchObject({
        code: 'sql_error',
      });
      await expect(file.atomic([{ sql: 'SELECT ?', args: [value] }], READ)).rejects.toMatchObject({
        code: 'sql_error',
      });
    },
  );

  it('returns the values that were bound', async () => {
    const { file } = await freshFile();
    const values = [
      'it\'s "quoted"',
      '😀',
      '',
      1,
      -5,
      1.5,
      1e308,
      2 ** 53,
      true,
      null,
      new Uint8Array([0, 255]),
    ];
    const { rows } = await file.execute({
      sql: `SELECT ${values.map((_, index) => `? AS v${index}`).join(', ')}`,
      args: values,
    });
    expect(Object.values(rows[0] ?? {})).toEqual([...values.slice(0, 8), 1, null, new Uint8Array([0, 255])]);
    const types = await file.execute({ sql: 'SELECT typeof(?) AS a, typeof(?) AS b', args: [7, 7.5] });
    expect(types.rows).toEqual([{ a: 'integer', b: 'real' }]);
  });

  it('reports a full database, loses nothing, and accepts writes again when there is space', async () => {
    const { file } = await freshFile();
    await file.execute({ sql: 'PRAGMA max_page_count = 20' });
    let written = 0;
    const fill = async () => {
      for (; ; written++) await file.execute(insert(`${written}`.padEnd(9_000, 'x')));
    };
    await expect(fill()).rejects.toMatchObject({ code: 'database_full' });
    await expect(file.atomic([insert('small'), insert('y'.repeat(50_000))], WRITE)).rejects.toMatchObject({
      code: 'database_full',
      details: { statementIndex: 1 },
    });
    const count = async () => (await file.execute({ sql: 'SELECT count(*) AS n FROM item' })).rows[0]?.n;
    expect(await count()).toBe(written);
    await file.execute({ sql: 'PRAGMA max_page_count = 10000' });
    await file.execute(insert('small'));
    expect(await count()).toBe(written + 1);
  });
});

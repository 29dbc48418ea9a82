import { join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import Database from 'libsql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NativeClient } from './native-client.js';
import { type BoundValue, toBoundStatement } from './to-bound.js';

const INSERT = 'INSERT INTO t (a, b) VALUES (?, ?)';
const BY_KEY = 'SELECT a, b FROM t WHERE a = ?';
const NUMBERS = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n LIMIT ?';
const opened: NativeClient[] = [];

function open(path = ':memory:'): NativeClient {
  const client = new NativeClient(path);
  opened.push(client);
  return client;
}

function withTable(client = open()): NativeClient {
  client.execute('CREATE TABLE t (a INTEGER PRIMARY KEY, b UNIQUE)');
  return client;
}

const run = (client: NativeClient, sql: string, ...args: BoundValue[]) => client.execute({ sql, args });

afterEach(() => {
  vi.restoreAllMocks();
  for (const client of opened.splice(0)) client.close();
});

describe('NativeClient', () => {
  it('reads values of every type as they were written', () => {
    const client = open();
    const { args } = toBoundStatement({
      sql: '',
      args: [null, 'text', 1, 2 ** 53 - 1, 0.5, true, new Uint8Array([1, 0, 255]), new Uint8Array()],
    });
    const sql = 'SELECT ? AS a, ? AS b, ? AS c, ? AS d, ? AS e, ? AS f, ? AS length, ? AS h';
    for (let time = 0; time < 2; time++)
      expect(client.execute({ sql, args }).rows).toEqual([
        {
          a: null,
          b: 'text',
          c: 1,
          d: 2 ** 53 - 1,
          e: 0.5,
          f: 1,
          length: new Uint8Array([1, 0, 255]),
          h: new Uint8Array(),
        },
      ]);
    expect(run(client, 'SELECT ? AS a', 2n ** 60n).rows).toEqual([{ a: 2 ** 60 }]);
    expect(() => run(client, 'SELECT ?', 2n ** 60n + 1n)).toThrow(RangeError);
  });

  it('counts changed rows, returned or not', () => {
    const client = withTable();
    expect(run(client, INSERT, 1n, 'x')).toEqual({ rows: [], rowsAffected: 1 });
    expect(run(client, `${INSERT} RETURNING a`, 2n, 'y')).toEqual({ rows: [{ a: 2 }], rowsAffected: 1 });
    expect(run(client, 'SELECT a FROM t')).toEqual({ rows: [{ a: 1 }, { a: 2 }], rowsAffected: 0 });
    expect(run(client, 'DELETE FROM t').rowsAffected).toBe(2);
  });

  it.each([
    'CREATE TABLE u (a, b)',
    '  create unique index i ON t (b)',
    'CREATE VIEW v AS SELECT a FROM t',
    'CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;',
    'ALTER TABLE t ADD COLUMN c CHECK (c > 0)',
  ])('changes the schema by %j without preparing a statement', async (sql) => {
    const client = withTable();
    const prepare = vi.spyOn(Database.prototype, 'prepare');
    client.begin('write');
    const result = await client.executeInsideInTurns({ sql, args: [] });
    client.end();
    expect([result, client.execute(sql)]).toEqual(Array(2).fill({ rows: [], rowsAffected: 0 }));
    const prepared = prepare.mock.calls.map(([text]) => text);
    expect(prepared).toEqual(['BEGIN IMMEDIATE', 'ROLLBACK']);
    expect(() => client.execute(sql)).toThrow(expect.objectContaining({ code: 'SQLITE_ERROR', rawCode: 1 }));
  });

  it.each([
    'CREATE TABLE u (a, b); DROP TABLE t',
    'CREATE VIEW v AS SELECT a FROM t /* ; */ ; COMMIT',
    'ALTER TABLE t ADD COLUMN c;\n-- then\nDROP TABLE t;',
    'CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END; DROP TABLE t',
    'CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; END /* end */; ROLLBACK; -- end',
  ])('runs only the first statement of %j', (sql) => {
    const client = withTable();
    client.begin('write');
    expect(client.executeInside({ sql, args: [] })).toEqual({ rows: [], rowsAffected: 0 });
    client.executeInside({ sql: 'SELECT a FROM t', args: [] });
    const changed = `SELECT count(*) AS n FROM sqlite_schema WHERE name IN ('u', 'v', 'g') OR sql LIKE '%, c%'`;
    expect(client.executeInside({ sql: changed, args: [] }).rows).toEqual([{ n: 1 }]);
    client.rollback();
  });

  it('reports why a change of the schema failed like any other statement', () => {
    const client = withTable();
    run(client, INSERT, 1n, 'x');
    run(client, INSERT, 2n, 'y');
    const unique = 'CREATE UNIQUE INDEX i ON t (a IS NOT NULL)';
    expect(() => client.execute(unique)).toThrow(
      expect.objectContaining({ code: 'SQLITE_CONSTRAINT_UNIQUE', rawCode: 2067 }),
    );
    expect(() => client.execute('ALTER TABLE t ADD COLUMN c DEFAULT 0 CHECK (c > 0)')).toThrow(/CHECK/);
    expect(run(client, 'SELECT * FROM t').rows).toEqual([
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
    ]);
  });

  it.each([0, 1, 99, 100, 101, 250, 30_000])(
    'reads %i rows in turns as it reads them at once',
    async (count) => {
      const client = open();
      for (let time = 0; time < 4; time++) {
        const { rows, rowsAffected } = await client.executeInTurns({ sql: NUMBERS, args: [BigInt(count)] });
        expect([rows.length, rows[0], rows.at(-1), rowsAffected]).toEqual([
          count,
          ...(count === 0 ? [undefined, undefined] : [{ i: 1 }, { i: count }]),
          0,
        ]);
      }
    },
  );

  it('lets the event loop turn while it reads many rows', async () => {
    const client = open();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await client.executeInTurns({ sql: NUMBERS, args: [60_000n] });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it('prepares a statement again that failed after rows had been read in turns', async () => {
    const client = open();
    const sql = `SELECT CASE WHEN i = 30000 THEN json_extract('{}', CAST(? AS TEXT)) END AS a FROM (${NUMBERS})`;
    const read = (path: string) => client.executeInTurns({ sql, args: [path, 30_000n] });
    for (let time = 0; time < 3; time++) expect((await read('$.a')).rows).toHaveLength(30_000);
    await expect(read('wrong')).rejects.toThrow(/path/);
    expect((await read('$.a')).rows.at(-1)).toEqual({ a: null });
    expect(client.execute('CREATE TABLE t (a)').rows).toEqual([]);
  });

  it.each([0, 1, 99, 100, 101, 200, 250])('reads %i rows with one statement again and again', (count) => {
    const client = withTable();
    for (let a = 0; a < count; a++) run(client, INSERT, BigInt(a), a);
    for (let time = 0; time < 3; time++) expect(run(client, 'SELECT a FROM t').rows).toHaveLength(count);
    client.execute('DROP TABLE t');
    expect(() => run(client, 'SELECT a FROM t')).toThrow(/no such table/);
  });

  it('runs a kept statement on the schema of another connection', async () => {
    const path = join(await temporaryFolder(), 'a.db');
    const [client, other] = [withTable(open(path)), open(path)];
    run(client, INSERT, 1n, 'x');
    expect(run(client, BY_KEY, 1n).rows).toEqual([{ a: 1, b: 'x' }]);
    other.execute('ALTER TABLE t RENAME TO old');
    other.execute('CREATE TABLE t (b, c, a)');
    other.execute("INSERT INTO t VALUES ('y', 0, 1)");
    expect(run(client, BY_KEY, 1n).rows).toEqual([{ a: 1, b: 'y' }]);
    expect(run(client, 'SELECT * FROM t').rows).toEqual([{ b: 'y', c: 0, a: 1 }]);
    other.execute('ALTER TABLE t DROP COLUMN c');
    expect(run(client, 'SELECT * FROM t').rows).toEqual([{ b: 'y', a: 1 }]);
    other.execute('ALTER TABLE t DROP COLUMN b');
    expect(() => run(client, BY_KEY, 1n)).toThrow(/no such column/);
  });

  it('runs a statement again that failed, and commits', () => {
    const client = withTable();
    run(client, INSERT, 1n, 'x');
    client.begin('write');
    expect(() => client.executeInside({ sql: INSERT, args: [2n, 'x'] })).toThrow(/UNIQUE/);
    client.executeInside({ sql: INSERT, args: [2n, 'y'] });
    client.commit();
    expect(run(client, 'SELECT a FROM t').rows).toHaveLength(2);
  });

  it('binds a value that is not given as null, not as the previous one', () => {
    const client = open();
    expect(run(client, 'SELECT ? AS a, ? AS b', 1n, 2n).rows).toEqual([{ a: 1, b: 2 }]);
    expect(run(client, 'SELECT ? AS a, ? AS b', 1n).rows).toEqual([{ a: 1, b: null }]);
  });

  it('runs nothing outside of a transaction that SQLite has rolled back', () => {
    const client = withTable();
    run(client, INSERT, 1n, 'x');
    client.begin('write');
    const rolledBack = { sql: 'INSERT OR ROLLBACK INTO t (a, b) VALUES (?, ?)', args: [1n, 'z'] };
    expect(() => client.executeInside(rolledBack)).toThrow(/UNIQUE/);
    expect(() => client.executeInside({ sql: INSERT, args: [2n, 'y'] })).toThrow(/rolled back/);
    expect(() => client.commit()).toThrow(/rolled back/);
    client.end();
    expect(run(client, 'SELECT a FROM t').rows).toHaveLength(1);
  });

  it('leaves no transaction open after a single statement', () => {
    const client = withTable();
    client.execute('BEGIN');
    client.begin('write');
    client.rollback();
  });

  it('rejects use after it was closed', () => {
    const client = withTable();
    client.begin('read');
    client.end();
    client.close();
    client.close();
    client.rollback();
    client.end();
    expect(() => client.execute('SELECT 1')).toThrow(/closed/);
    expect(() => client.begin('write')).toThrow(/closed/);
  });
});

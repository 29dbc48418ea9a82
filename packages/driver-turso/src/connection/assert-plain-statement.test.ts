import { describe, expect, it } from 'vitest';
import { assertPlainAt, assertPlainInside, assertPlainStatement } from './assert-plain-statement.js';

function outcomeOf(sql: string): string {
  try {
    assertPlainStatement({ sql }, 'read');
    return 'passes';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('assertPlainStatement', () => {
  it.each([
    ['SELECT 1;', []],
    ["SELECT ';' -- ; ?\n", []],
    ["SELECT ? /* ; ? */, \"a?\", 'it''s ?'", [1]],
    ['SELECT ?1, ?1', [1]],
    ['SELECT :name', ['x']],
    ['PRAGMA table_info("account")', []],
    ['PRAGMA foreign_keys', []],
    ['PRAGMA integrity_check;', []],
    ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END', []],
  ])('accepts %s', (sql, args) => {
    expect(assertPlainStatement({ sql, args })).toBeUndefined();
  });

  it.each([
    ['SELECT 1; DROP TABLE account', []],
    ['; SELECT 1', []],
    ['CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; END; SELECT 1', []],
    ['SELECT ?, ?', [1]],
    ['SELECT ?', []],
    ['SELECT 1', [1]],
    ['', [1]],
    ['nonsense', []],
    ["SELECT 'half", []],
    ["SELECT 'a\0b'", []],
    ["SELECT 'half \ud800'", []],
    [undefined as never, []],
    ['SELECT 1', null as never],
  ])('rejects %s as not a plain statement', (sql, args) => {
    expect(() => assertPlainStatement({ sql, args })).toThrow(expect.objectContaining({ code: 'sql_error' }));
  });

  it.each([
    ["ATTACH 'other.db' AS other", 'ATTACH'],
    ['/* hidden */ -- twice\n attach ? AS other', 'ATTACH'],
    ['DETACH other', 'DETACH'],
    ["VACUUM INTO 'copy.db'", 'VACUUM'],
    ['BEGIN', 'BEGIN'],
    ['COMMIT', 'COMMIT'],
    ['ROLLBACK', 'ROLLBACK'],
    ['SAVEPOINT a', 'SAVEPOINT'],
    ['EXPLAIN QUERY PLAN VACUUM', 'VACUUM'],
    ['EXPLAIN DELETE FROM account', 'EXPLAIN DELETE'],
    ['explain query plan WITH a AS (SELECT 1) UPDATE b SET c = 1', 'EXPLAIN UPDATE'],
    ['EXPLAIN CREATE TABLE a (b)', 'EXPLAIN CREATE'],
    ['EXPLAIN PRAGMA journal_mode', 'EXPLAIN PRAGMA'],
    ['PRAGMA foreign_keys = OFF', 'foreign_keys'],
    ['PRAGMA foreign_keys(0)', 'foreign_keys'],
    ['PRAGMA main.journal_mode=DELETE', 'journal_mode'],
    ['PRAGMA database_list', 'database_list'],
    ['CREATE FUNCTION f LANGUAGE wasm AS x', 'CREATE FUNCTION'],
  ])('refuses %s as not allowed', (sql, name) => {
    const args = sql.includes('?') ? ['x'] : [];
    expect(() => assertPlainStatement({ sql, args })).toThrow(
      expect.objectContaining({ code: 'not_allowed', details: expect.objectContaining({ name }) }),
    );
  });
});

describe('assertPlainInside', () => {
  it.each(['PRAGMA wal_checkpoint', 'pragma main.WAL_Checkpoint;', 'PRAGMA "wal_checkpoint"'])(
    'refuses %s, which is allowed outside a transaction',
    (sql) => {
      expect(assertPlainStatement({ sql })).toBeUndefined();
      const refusal = { code: 'not_allowed', details: { name: 'PRAGMA wal_checkpoint' } };
      expect(() => assertPlainInside({ sql })).toThrow(expect.objectContaining({ code: refusal.code }));
      expect(() => assertPlainAt({ sql }, 2)).toThrow(
        expect.objectContaining({
          code: refusal.code,
          details: expect.objectContaining({ ...refusal.details, statementIndex: 2 }),
        }),
      );
    },
  );

  it.each(["SELECT 'wal_checkpoint'", 'PRAGMA optimize', ''])('accepts %j', (sql) => {
    expect(assertPlainInside({ sql })).toBeUndefined();
  });
});

describe('assertPlainStatement in read mode', () => {
  it.each([
    'SELECT 1',
    'VALUES (1)',
    "WITH a(b) AS NOT MATERIALIZED (SELECT 1), c AS (SELECT 'insert') SELECT * FROM a, c",
    'EXPLAIN WITH a AS (SELECT 1) SELECT * FROM a',
    'PRAGMA main.table_info(account)',
    'SELECT replace(a, 1, 2) AS "delete" FROM b',
  ])('accepts %s', (sql) => {
    expect(assertPlainStatement({ sql }, 'read')).toBeUndefined();
  });

  it.each([
    ['INSERT INTO a VALUES (1)', 'INSERT'],
    ['REPLACE INTO a VALUES (1)', 'REPLACE'],
    ['UPDATE a SET b = 1', 'UPDATE'],
    ['/* SELECT */ delete from a', 'DELETE'],
    ['WITH a(b) AS (SELECT 1), c AS MATERIALIZED (SELECT 1) INSERT INTO d SELECT * FROM a', 'INSERT'],
    ['WITH RECURSIVE a AS (SELECT 1) DELETE FROM d', 'DELETE'],
    ['CREATE TABLE a (b)', 'CREATE'],
    ['DROP TABLE a', 'DROP'],
    ['ALTER TABLE a RENAME TO b', 'ALTER'],
    ['ANALYZE', 'ANALYZE'],
    ['PRAGMA main.optimize', 'PRAGMA'],
  ])('refuses %s', (sql, name) => {
    expect(() => assertPlainStatement({ sql }, 'read')).toThrow(
      expect.objectContaining({ code: 'not_allowed', details: expect.objectContaining({ name }) }),
    );
    expect(assertPlainStatement({ sql })).toBeUndefined();
  });
});

describe('assertPlainStatement of a cached text', () => {
  const code = 'sql_error';

  it('still rejects a different number of values', () => {
    const sql = 'SELECT ?, ? -- again';
    for (let round = 0; round < 2; round++) {
      expect(assertPlainStatement({ sql, args: [1, 2] })).toBeUndefined();
      for (const args of [[1], [1, 2, 3], undefined])
        expect(() => assertPlainStatement({ sql, ...(args && { args }) })).toThrow(
          expect.objectContaining({ code }),
        );
    }
  });

  it('still rejects it in read mode', () => {
    const sql = 'INSERT INTO account (id) VALUES (1) -- again';
    expect(assertPlainStatement({ sql })).toBeUndefined();
    expect(outcomeOf(sql)).toBe('not_allowed');
    expect(assertPlainStatement({ sql })).toBeUndefined();
  });

  it('still rejects a forbidden statement after many others', () => {
    const refused = 'SELECT 1; DROP TABLE account';
    for (let index = 0; index < 1_100; index++) {
      assertPlainStatement({ sql: `SELECT ${index}` });
      if (index % 500 === 0)
        expect(() => assertPlainStatement({ sql: refused })).toThrow(expect.objectContaining({ code }));
    }
  });
});

describe('assertPlainStatement of a long text', () => {
  it.each([
    "'",
    '(',
    ':a(',
    '/*',
    ' ',
    '[',
    '1+',
    'abs(',
    ',a(',
    'a from b join c on d ',
    ', (select 1 as a',
  ])('takes time linear in the length for many %j', (part) => {
    // Quadratic work would far exceed the timeout of a test.
    const sql = `SELECT ${part.repeat(300_000 / part.length)}`;
    expect(['passes', 'sql_error', 'not_allowed']).toContain(outcomeOf(sql));
  });
});

describe('assertPlainAt', () => {
  it('reports the index of the statement in a list', () => {
    const list = [{ sql: 'SELECT 1' }, { sql: 'BEGIN' }];
    const checkAll = () => {
      for (const [index, statement] of list.entries()) assertPlainAt(statement, index);
    };
    expect(checkAll).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ name: 'BEGIN', statementIndex: 1 }) }),
    );
  });
});

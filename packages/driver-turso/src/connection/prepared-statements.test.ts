import { describe, expect, it } from 'vitest';
import type { NativeStatement } from './native-statement.js';
import { PreparedStatements } from './prepared-statements.js';

/** Statements that are used once each, and which of them were prepared. */
function statements() {
  const prepared: string[] = [];
  const kept = new PreparedStatements((sql) => {
    prepared.push(sql);
    return {} as NativeStatement;
  });
  const use = (sql: string, values = 0) => kept.use(sql, values, (statement) => statement);
  return { prepared, kept, use };
}

describe('PreparedStatements', () => {
  it.each([
    'select "id" from "t" where "id" = ?',
    'SELECT count(*) FROM t',
    'insert into t (a) values (?) returning "a"',
    'UPDATE t SET a = ?',
    'WITH a AS (SELECT 1) SELECT b FROM t',
    'BEGIN IMMEDIATE',
    'COMMIT',
  ])('prepares %j once', (sql) => {
    const { prepared, use } = statements();
    expect(use(sql)).toBe(use(sql));
    expect(prepared).toEqual([sql]);
  });

  it.each([
    'PRAGMA foreign_keys = ON',
    'EXPLAIN SELECT 1',
    'CREATE TABLE t (a)',
    'SELECT * FROM t',
    `SELECT '${'a'.repeat(8_000)}'`,
  ])('prepares %j each time', (sql) => {
    const { prepared, use } = statements();
    use(sql);
    use(sql);
    expect(prepared).toEqual([sql, sql]);
  });

  it('prepares a statement again that failed or gets another number of values', () => {
    const { prepared, kept, use } = statements();
    const fail = () => {
      throw new Error('failed');
    };
    use('SELECT ?', 1);
    expect(() => kept.use('SELECT ?', 1, fail)).toThrow('failed');
    use('SELECT ?', 1);
    use('SELECT ?', 2);
    expect(prepared).toHaveLength(3);
  });

  it('keeps those that were used last', () => {
    const { prepared, use } = statements();
    for (let index = 0; index < 40; index++) {
      use('SELECT 1');
      use(`SELECT 'other', ${index}`);
    }
    use("SELECT 'other', 39");
    expect(prepared).toHaveLength(41);
    use("SELECT 'other', 0");
    expect(prepared).toHaveLength(42);
  });

  it('keeps none after it was cleared', () => {
    const { prepared, kept, use } = statements();
    use('SELECT 1');
    kept.clear();
    use('SELECT 1');
    expect(prepared).toHaveLength(2);
  });
});

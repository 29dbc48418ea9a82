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
  ])('keeps %j from its third use', (sql) => {
    const { prepared, use } = statements();
    const used = [1, 2, 3, 4, 5].map(() => use(sql));
    expect(prepared).toEqual([sql, sql, sql]);
    expect(used[4]).toBe(used[2]);
    expect(used[1]).not.toBe(used[0]);
  });

  it.each([
    'PRAGMA foreign_keys = ON',
    'EXPLAIN SELECT 1',
    'CREATE TABLE t (a)',
    'SELECT * FROM t',
    `SELECT '${'a'.repeat(8_000)}'`,
  ])('prepares %j each time', (sql) => {
    const { prepared, use } = statements();
    for (let count = 0; count < 5; count++) use(sql);
    expect(prepared).toHaveLength(5);
  });

  it('prepares a statement again that failed or gets another number of values', () => {
    const { prepared, kept, use } = statements();
    const fail = () => {
      throw new Error('failed');
    };
    const often = (values: number) => [1, 2, 3, 4].map(() => use('SELECT ?', values));
    often(1);
    expect(prepared).toHaveLength(3);
    expect(() => kept.use('SELECT ?', 1, fail)).toThrow('failed');
    often(1);
    expect(prepared).toHaveLength(6);
    often(2);
    expect(prepared).toHaveLength(7);
  });

  it('keeps those that were used last', () => {
    const { prepared, use } = statements();
    const often = (sql: string) => [1, 2, 3].map(() => use(sql));
    for (let index = 0; index < 40; index++) {
      often('SELECT 1');
      often(`SELECT 'other', ${index}`);
    }
    expect(prepared).toHaveLength(3 + 40 * 3);
    use("SELECT 'other', 39");
    expect(prepared).toHaveLength(3 + 40 * 3);
    use("SELECT 'other', 0");
    expect(prepared).toHaveLength(3 + 40 * 3 + 1);
  });

  it('keeps none after it was cleared', () => {
    const { prepared, kept, use } = statements();
    for (let count = 0; count < 4; count++) use('SELECT 1');
    kept.clear();
    use('SELECT 1');
    expect(prepared).toHaveLength(4);
  });
});

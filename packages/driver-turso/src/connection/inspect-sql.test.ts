import { describe, expect, it } from 'vitest';
import { assertPlainAt, assertPlainStatement } from './inspect-sql.js';

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
  ])('lets %s pass', (sql, args) => {
    expect(assertPlainStatement({ sql, args })).toBeUndefined();
  });

  it.each([
    ['SELECT 1; DROP TABLE account', []],
    ["ATTACH 'other.db' AS other", []],
    ['/* hidden */ -- twice\n attach ? AS other', ['other.db']],
    ['VACUUM INTO ?', ['copy.db']],
    ['BEGIN', []],
    ['COMMIT', []],
    ['ROLLBACK', []],
    ['SAVEPOINT a', []],
    ['PRAGMA foreign_keys = OFF', []],
    ['PRAGMA foreign_keys(0)', []],
    ['PRAGMA main.journal_mode=DELETE', []],
    ['SELECT ?, ?', [1]],
    ['SELECT ?', []],
    ['SELECT 1', [1]],
    ["SELECT 'a\0b'", []],
    ["SELECT 'half \ud800'", []],
    [undefined as never, []],
    ['SELECT 1', null as never],
  ])('refuses %s', (sql, args) => {
    expect(() => assertPlainStatement({ sql, args })).toThrow(expect.objectContaining({ code: 'sql_error' }));
  });
});

describe('assertPlainAt', () => {
  it('names the statement of a list', () => {
    const list = [{ sql: 'SELECT 1' }, { sql: 'BEGIN' }];
    expect(() => list.forEach(assertPlainAt)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ statementIndex: 1 }) }),
    );
  });
});

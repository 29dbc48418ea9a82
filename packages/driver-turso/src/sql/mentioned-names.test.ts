import { describe, expect, it } from 'vitest';
import { mentionedNames } from './mentioned-names.js';

describe('mentionedNames', () => {
  it.each([
    ['in any quotation marks', `SELECT "A a", [b(], \`c"\`, D FROM 'e'`, ['a a', 'b(', 'c"', 'd', 'e']],
    ['after comments and qualifiers', `SELECT t/**/."a" FROM main . 't' -- b`, ['t', 'a']],
    [
      'not in values',
      `SELECT 'a', b <> 'c', max('d') FROM t WHERE e IN ('f', 'g') AND h LIKE 'i'`,
      ['b', 't', 'e', 'h'],
    ],
    [
      'in single quotes where they quote a name',
      `INSERT INTO 't' ('a') SELECT 't'.'b' FROM u, 'v'`,
      ['t', 'a', 'b', 'u', 'v'],
    ],
    [
      'in arguments of table-valued functions',
      `SELECT 1 FROM pragma_table_info('account')`,
      ['pragma_table_info', 'account'],
    ],
    [
      'in arguments of modules',
      `CREATE VIRTUAL TABLE s USING fts5(a, content='account')`,
      ['s', 'fts5', 'a', 'content', 'account'],
    ],
    ['not in calls', 'SELECT count(*), "max"(a) FROM t', ['a', 't']],
    [
      'behind INSTEAD OF',
      'CREATE TRIGGER g INSTEAD OF UPDATE OF a ON v BEGIN UPDATE OR IGNORE t SET b = new.c; END',
      ['g', 'a', 'v', 't', 'b', 'new', 'c'],
    ],
    [
      'not of the grammar',
      'SELECT a FROM t NATURAL LEFT OUTER JOIN u GROUP BY b HAVING c ORDER BY d DESC NULLS LAST',
      ['a', 't', 'u', 'b', 'c', 'd'],
    ],
    [
      'not of the grammar of windows',
      'SELECT a OVER (PARTITION BY b ORDER BY c ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING EXCLUDE NO OTHERS) FROM t',
      ['a', 'b', 'c', 't'],
    ],
    [
      'not of the grammar of triggers',
      `CREATE TRIGGER g AFTER DELETE ON t FOR EACH ROW WHEN old.a NOT LIKE 'x' BEGIN SELECT RAISE(ABORT, 'no'); END`,
      ['g', 't', 'old', 'a'],
    ],
    [
      'not of the grammar of tables',
      `CREATE TABLE t (a PRIMARY KEY ON CONFLICT REPLACE, b REFERENCES u(c) ON DELETE CASCADE ON UPDATE NO ACTION
        DEFERRABLE INITIALLY DEFERRED, d GENERATED ALWAYS AS (1), FOREIGN KEY (e) REFERENCES v) WITHOUT ROWID`,
      ['t', 'a', 'b', 'u', 'c', 'd', 'e', 'v', 'rowid'],
    ],
    [
      'by words of the grammar where they are names',
      'SELECT key, t.desc FROM row, action WHERE end = first',
      ['key', 't', 'desc', 'row', 'action', 'end', 'first'],
    ],
    ['by quoted keywords', 'SELECT "order" FROM [group]', ['order', 'group']],
    ['without folding the case of non-ASCII letters', 'SELECT 1 FROM Ä', ['Ä']],
  ])('finds names %s', (_, sql, names) => {
    expect([...mentionedNames(sql)].sort()).toEqual([...names].sort());
  });
});

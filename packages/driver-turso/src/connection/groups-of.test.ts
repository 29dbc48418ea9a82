import { describe, expect, it } from 'vitest';
import { groupsOf } from './groups-of.js';

const table = (name: string) =>
  `CREATE TABLE "${name}" ("id" TEXT NOT NULL PRIMARY KEY, "a" TEXT DEFAULT ('x; "'))`;
const index = (name: string) => `CREATE INDEX "ix_${name}" ON "${name}" ("a" COLLATE NOCASE)`;
const groups = (...statements: string[]) =>
  groupsOf(statements.map((sql) => ({ sql, args: [] }))).map((group) => group.map(({ sql }) => sql));

describe('groupsOf', () => {
  it('joins statements that create tables, and indexes of these tables', () => {
    const statements = [
      table('a'),
      index('a'),
      table('b ""quoted""'),
      `CREATE UNIQUE INDEX "u" ON "a" ("id")`,
    ];
    expect(groups('SELECT 1', ...statements, 'SELECT 2')).toEqual([['SELECT 1'], statements, ['SELECT 2']]);
  });

  it.each([
    ['an index of an existing table', table('a'), index('b')],
    ['an index of a table that may have records', table('a'), 'INSERT INTO a VALUES (1)', index('a')],
    ['a table with the records of a query', table('a'), 'CREATE TABLE "b" AS SELECT * FROM "a"'],
    ['a table that may exist', table('a'), 'CREATE TABLE IF NOT EXISTS "b" ("id" TEXT)'],
    ['any other statement', table('a'), 'ALTER TABLE "a" ADD COLUMN "b" TEXT', 'DROP TABLE "a"'],
    ['a statement that begins a comment', table('a'), 'CREATE TABLE "b" ("id" TEXT) /* ', table('c')],
    ['a statement that ends in a comment', table('a'), 'CREATE TABLE "b" ("id" TEXT) -- ', table('c')],
    ['a statement with an unclosed quote', table('a'), `CREATE TABLE "b" ("id" DEFAULT 'a`, table(`c'`)],
    ['a statement with an unclosed name', table('a'), 'CREATE TABLE "b" ("id" TEXT, [a', table('c')],
    ['two statements', table('a'), 'CREATE TABLE "b" ("id" TEXT); DROP TABLE "a"'],
  ])('leaves %s alone', (_, ...statements) => {
    expect(groups(...statements)).toEqual(statements.map((sql) => [sql]));
  });

  it('leaves a statement with values alone', () => {
    const statements = ['a', 'b'].map((name) => ({ sql: table(name), args: [1n] }));
    expect(groupsOf(statements)).toEqual(statements.map((statement) => [statement]));
  });

  it.each([`'it''s'`, '"a""b"'])('reads many doubled quotes in little time: %s', (quoted) => {
    const sql = `CREATE TABLE "a" ("a" TEXT DEFAULT (${Array(300).fill(quoted).join(' || ')}), "b" REAL DEFAULT (-1))`;
    const start = performance.now();
    expect(groups(sql, table('b'))).toEqual([[sql], [table('b')]]);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('limits a group to sixteen statements and 8,000 characters', () => {
    const many = Array.from({ length: 40 }, (_, at) => table(`t${at}`));
    expect(groups(...many).map(({ length }) => length)).toEqual([16, 16, 8]);
    const wide = (name: string) => `CREATE TABLE "${name}" ("${'c'.repeat(3_000)}" TEXT)`;
    expect(groups(...['a', 'b', 'c', 'd'].map(wide)).map(({ length }) => length)).toEqual([2, 2]);
  });
});

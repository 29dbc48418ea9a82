import { describe, expect, it } from 'vitest';
import { directClient, freshDatabase } from '../../test/database.js';
import { columnDefinitions, hasUnmodeledClauses } from './column-definitions.js';

const TABLE = `CREATE TABLE "odd (name)" (id TEXT PRIMARY KEY, -- a comment, with commas
  "a ""quoted"" one"  DECIMAL(10,2)
    DEFAULT (1 + 2), [in brackets] TEXT CHECK ([in brackets] IN ('x,y', ')')), \`ticks\` TEXT COLLATE NOCASE,
  made TEXT GENERATED ALWAYS AS (id || ',') VIRTUAL /* and ) another */, plain,
  CONSTRAINT named CHECK (id <> ''), UNIQUE (id, ticks), FOREIGN KEY (ticks) REFERENCES other(id)) STRICT`;

describe('columnDefinitions', () => {
  it('returns the definition of each column as it was written', () => {
    expect(Object.fromEntries(columnDefinitions(TABLE))).toEqual({
      id: 'TEXT PRIMARY KEY',
      'a "quoted" one': 'DECIMAL(10,2) DEFAULT (1 + 2)',
      'in brackets': `TEXT CHECK ([in brackets] IN ('x,y', ')'))`,
      ticks: 'TEXT COLLATE NOCASE',
      made: `TEXT GENERATED ALWAYS AS (id || ',') VIRTUAL`,
      plain: '',
    });
  });

  it('returns columns that were added with ALTER TABLE', async () => {
    const client = directClient((await freshDatabase()).path);
    await client.execute('CREATE TABLE t (id TEXT)');
    await client.execute(`ALTER TABLE t ADD COLUMN "two" TEXT CHECK (two <> ',')`);
    const { rows } = await client.execute(`SELECT sql FROM sqlite_schema WHERE name = 't'`);
    expect(columnDefinitions(String(rows[0]?.sql)).get('two')).toBe(`TEXT CHECK (two <> ',')`);
  });
});

describe('hasUnmodeledClauses', () => {
  it.each([
    ['TEXT', false],
    ['TEXT NOT NULL PRIMARY KEY', false],
    [`TEXT DEFAULT ('check')`, false],
    ['TEXT REFERENCES "check"("id") ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED', false],
    ['TEXT REFERENCES other(id)', true],
    ['TEXT REFERENCES other(id) ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED', true],
    ['TEXT CHECK (x > 1)', true],
    ['TEXT collate nocase', true],
    ['TEXT AS (a || b)', true],
    ['TEXT UNIQUE', true],
    ['INTEGER PRIMARY KEY AUTOINCREMENT', true],
    ['INTEGER PRIMARY KEY DESC', true],
    [`INTEGER PRIMARY KEY DEFAULT 'desc'`, false],
  ])('of %s is %s', (definition, expected) => {
    expect(hasUnmodeledClauses(definition)).toBe(expected);
  });
});

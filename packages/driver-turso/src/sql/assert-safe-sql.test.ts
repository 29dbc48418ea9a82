import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { assertSafeSql } from './assert-safe-sql.js';
import { readHead } from './statement-head.js';
import { tokenize } from './tokenize.js';

function check(sql: string): void {
  const tokens = tokenize(sql);
  assertSafeSql(tokens, readHead(tokens));
}

/** The name for which a statement is refused, or undefined where it passes. */
function refusedFor(sql: string): unknown {
  try {
    check(sql);
    return undefined;
  } catch (error) {
    return (error as { code?: string; details: { name: string } }).details.name;
  }
}

const FILE = fileURLToPath(import.meta.url);

const SPELLINGS: ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => name.replace(/[a-z]/g, (letter, at: number) => (at % 2 ? letter.toUpperCase() : letter)),
  (name) => `"${name}"`,
  (name) => `[${name}]`,
  (name) => `\`${name}\``,
  (name) => `'${name}'`,
];
const GAPS = [
  '',
  ' ',
  '\n\t',
  '/**/',
  '/* ( */',
  '/*/ */',
  "-- '\n",
  '\f\r ',
  ' \uFEFF',
  ' \v',
  '/**/\n\v\v',
];

/** Statements around the call of a function; `$` is the call. */
const AROUND_FUNCTIONS = [
  'SELECT $',
  'SELECT 1 + (2 - ($))',
  'VALUES (1), ($)',
  `SELECT ':a(', $ AS "b)"`,
  "SELECT :a('), $ -- '",
  'SELECT a, $ OVER () FROM (SELECT 1 AS a)',
  'SELECT a FROM (SELECT 1 AS a) WHERE $ IS NOT NULL',
  'SELECT a FROM (SELECT 1 AS a) ORDER BY $',
  'SELECT a FROM (SELECT 1 AS a) GROUP BY $ HAVING $ IS NOT NULL',
  'SELECT CASE WHEN 1 THEN $ END',
  'SELECT CAST($ AS materialized(1))',
  'WITH w(x) AS (SELECT $) SELECT x FROM w',
  'WITH readfile AS (SELECT 1) SELECT $ FROM readfile',
  'SELECT (SELECT max(x) FROM (SELECT $ AS x))',
  'EXPLAIN QUERY PLAN SELECT $',
  'INSERT INTO notes (note) VALUES ($)',
  'INSERT INTO notes AS n (note) SELECT $ WHERE true ON CONFLICT DO UPDATE SET note = $',
  'UPDATE notes SET note = $',
  'DELETE FROM notes WHERE note = $ RETURNING $',
  'CREATE VIEW v AS SELECT $ AS x',
  'CREATE VIEW IF NOT EXISTS main.v (x) AS SELECT $',
  'CREATE TABLE made AS SELECT $ AS x',
  'CREATE TABLE made (a CHECK ($ IS NULL), b)',
  'CREATE TABLE made (a, b AS ($))',
  'CREATE TABLE made (a DEFAULT ($))',
  'CREATE TRIGGER tr AFTER INSERT ON notes BEGIN SELECT $; END',
  'CREATE TRIGGER tr AFTER UPDATE OF note ON notes WHEN $ BEGIN DELETE FROM notes; END',
  'CREATE INDEX ix ON notes (note) WHERE $ IS NULL',
  'CREATE INDEX ix ON notes ($)',
  'ALTER TABLE notes ADD COLUMN more CHECK ($ IS NULL)',
];

/** Statements around a table; `$` is what stands in the place of one. */
const AROUND_TABLES = [
  'SELECT * FROM $',
  'SELECT * FROM ($)',
  'SELECT * FROM notes, $',
  'SELECT * FROM notes AS n JOIN $',
  'SELECT * FROM notes JOIN (notes AS n, $) ON n.note IS NOT DISTINCT FROM 1',
  'WITH "with" AS (SELECT 1) SELECT * FROM (with AS a, $)',
  'WITH "with" AS (SELECT 1) SELECT * FROM (with a, $)',
  'SELECT * FROM (WITH a AS (SELECT 1), b(c) AS (SELECT 2) SELECT * FROM a, $)',
  'SELECT * FROM (notes AS a, (notes AS b, $))',
  'SELECT * FROM notes JOIN notes AS "window" ON "window".note = 1, $',
  'SELECT * FROM notes AS a LEFT JOIN notes AS b ON a.note = (SELECT 1 WHERE 1), $',
  'SELECT note IN (SELECT 1 FROM $) FROM notes',
  'SELECT 1 WHERE EXISTS (SELECT 1 FROM $)',
  'SELECT * FROM notes WHERE note IN (SELECT 1 UNION SELECT 2 FROM $)',
  'WITH w AS (SELECT * FROM $) SELECT * FROM w',
  'WITH w(a) AS (VALUES (1)), x AS MATERIALIZED (SELECT count(*) FROM $) SELECT * FROM w, x',
  'UPDATE notes SET note = 1 FROM $ WHERE false',
  'INSERT INTO notes SELECT 1 FROM $',
  'CREATE VIEW v AS SELECT * FROM $',
  'CREATE TABLE made AS SELECT * FROM $',
  'CREATE TRIGGER tr AFTER INSERT ON notes BEGIN DELETE FROM notes WHERE note IN (SELECT 1 FROM $); END',
];

function* variants(name: string, rest: string): Generator<string> {
  for (const [index, spell] of SPELLINGS.entries())
    for (const gap of index < 4 ? GAPS : GAPS.slice(0, 4)) yield `${spell(name)}${gap}${rest}`;
}

const fill = (template: string, part: string) => template.replaceAll('$', () => part);

describe('assertSafeSql', () => {
  const database = async (): Promise<Client> => {
    const client = createClient({ url: ':memory:' });
    onTestFinished(() => client.close());
    await client.execute('CREATE TABLE notes (note)');
    return client;
  };

  /** How many of the statements the database itself would run. */
  async function countRun(client: Client, statements: readonly string[]): Promise<number> {
    let count = 0;
    for (const sql of statements) {
      const savepoint = await client.transaction('write');
      await savepoint.execute(sql).then(
        () => count++,
        () => undefined,
      );
      await savepoint.rollback();
    }
    return count;
  }

  it('refuses a function of files however it is written and wherever it stands', async () => {
    const statements = AROUND_FUNCTIONS.flatMap((template) =>
      [...variants('readfile', `('${FILE}')`)].map((call) => fill(template, call)),
    );
    for (const sql of statements) expect([sql, refusedFor(sql)]).toEqual([sql, 'readfile']);
    const client = await database();
    const plain = AROUND_FUNCTIONS.map((template) => fill(template, `"ReadFile" /**/ ('${FILE}')`));
    expect(await countRun(client, plain)).toBeGreaterThan(AROUND_FUNCTIONS.length / 2);
  });

  it('refuses it with every character beside it with which the database calls it', async () => {
    const client = await database();
    const characters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code + 1));
    const gaps = [...characters, '\u2028', '\u3000', '\uFEFF'].flatMap((one) => [
      one,
      ` ${one}`,
      `${one} `,
      `/**/${one}`,
      ` ${one}/**/\n${one}`,
    ]);
    const call = (before: string, after: string) =>
      `SELECT 1,${before}readfile${after}('${FILE}') AS content`;
    const statements = gaps.flatMap((gap) => [call(gap, ''), call('', gap), call(gap, gap)]);
    const passed = statements.filter((sql) => refusedFor(sql) === undefined);
    for (const sql of passed) {
      const content = await client.execute(sql).then(
        ({ rows: [row] }) => row?.content,
        () => undefined,
      );
      expect([sql, content instanceof ArrayBuffer]).toEqual([sql, false]);
    }
    expect(passed.length).toBeGreaterThan(0);
  });

  it('refuses a table-valued function of files however it is written and wherever it stands', async () => {
    const calls = ['', 'main.', '"MAIN" . ', 'temp.', 'no_such.'].flatMap((schema) =>
      [...variants('fsdir', `('${FILE}')`), 'fsdir', '"FSDIR"', '[fsdir]', "'fsdir'"].map(
        (call) => `${schema}${call}`,
      ),
    );
    const statements = AROUND_TABLES.flatMap((template) => calls.map((call) => fill(template, call)));
    for (const sql of statements) expect([sql, refusedFor(sql)]).toEqual([sql, 'fsdir']);
    const client = await database();
    const plain = AROUND_TABLES.map((template) => fill(template, `'FsDir' -- x\n ('${FILE}')`));
    expect(await countRun(client, plain)).toBeGreaterThan(AROUND_TABLES.length / 2);
  });

  it('lets safe functions pass in every place that the database has them in', async () => {
    const client = await database();
    for (const [templates, name, rest] of [
      [AROUND_FUNCTIONS, 'length', "('a')"],
      [AROUND_TABLES, 'json_each', "('[1]')"],
      [AROUND_TABLES, 'pragma_table_info', "('notes')"],
    ] as const) {
      for (const template of templates) {
        for (const call of variants(name, rest)) {
          const sql = fill(template, call);
          if (refusedFor(sql) === undefined) continue;
          expect([sql, await countRun(client, [sql])]).toEqual([sql, 0]);
        }
      }
    }
  });

  it.each([
    'CREATE TABLE "load_extension" ("readfile" TEXT, "b" DECIMAL(10, 2) REFERENCES "writefile"("edit"), UNIQUE ("b"))',
    'INSERT INTO "readfile" ("fsdir", "b") VALUES (1, 2)',
    'INSERT INTO readfile AS edit (a) SELECT 1 ON CONFLICT (a) DO NOTHING',
    'CREATE UNIQUE INDEX IF NOT EXISTS main.ix ON "readfile" ("fsdir" DESC)',
    'WITH RECURSIVE readfile(n) AS (SELECT 1), edit(m) AS NOT MATERIALIZED (SELECT 2) SELECT n, m FROM readfile, edit',
    'CREATE VIEW "readfile" (a, "b") AS SELECT 1, 2',
    'SELECT * FROM (WITH a AS (SELECT 1), b(c) AS (SELECT 2) SELECT * FROM a, b)',
    'SELECT * FROM a JOIN (WITH RECURSIVE b(c) AS (SELECT 2), d(e) AS (SELECT 1) SELECT * FROM b, d) ON 1',
    'SELECT "temp"."value", fsdir.name FROM "temp", notes AS fsdir',
    'SELECT value FROM temp.json_each(?)',
    'SELECT schema_version FROM temp.pragma_schema_version',
    'CREATE VIRTUAL TABLE search USING fts5(title, body, content=account)',
    'CREATE VIRTUAL TABLE IF NOT EXISTS places USING rtree(id, a, b)',
    `SELECT * FROM json_tree('{}'), generate_series(1, 3)`,
    'SELECT a FROM b WHERE a IN (1, 2) AND (b) LIKE (c) AND NOT (d)',
    'SELECT sum(a) FILTER (WHERE a > 1) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t',
    "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT RAISE(ABORT, 'no'); END",
    'PRAGMA foreign_key_check("account")',
    'ALTER TABLE "temp" RENAME COLUMN "a" TO "b"',
    'DROP TABLE IF EXISTS "fsdir"',
    "SELECT a -> 1, \"b\" ->> '$.c', CAST(a AS VARCHAR(10)), x'00' FROM pragma__account",
    'DELETE FROM sqlite_sequence',
  ])('lets %s pass', (sql) => {
    expect(refusedFor(sql)).toBeUndefined();
  });

  it.each([
    ['CREATE TEMP TABLE account (a)', 'CREATE TEMP TABLE'],
    ['create/**/temporary view account AS SELECT 1', 'CREATE TEMPORARY VIEW'],
    ['CREATE TEMP TRIGGER t AFTER INSERT ON account BEGIN SELECT 1; END', 'CREATE TEMP TRIGGER'],
    ['CREATE TABLE temp.account (a)', 'temp.account'],
    ['CREATE TABLE IF NOT EXISTS "TEMP" . "account" (a)', 'temp.account'],
    ['CREATE TABLE temp.json_each (a)', 'temp.json_each'],
    ['CREATE VIEW [temp].account AS SELECT 1', 'temp.account'],
    ['CREATE TRIGGER `temp`.t AFTER INSERT ON main.account BEGIN SELECT 1; END', 'temp.t'],
    ['INSERT INTO temp.account VALUES (1)', 'temp.account'],
    ['UPDATE OR IGNORE temp.account SET a = 1', 'temp.account'],
    ['DELETE FROM other.account', 'other.account'],
    ['SELECT * FROM other.account', 'other.account'],
    ['SELECT 1 IN temp.account', 'temp.account'],
    ['SELECT * FROM sqlite_temp_schema', 'sqlite_temp_schema'],
    ["UPDATE sqlite_schema SET sql = 'x'", 'sqlite_schema'],
    ['INSERT INTO "SQLITE_MASTER" VALUES (1)', 'sqlite_master'],
    ['SELECT * FROM sqlite_dbpage', 'sqlite_dbpage'],
    ['SELECT * FROM dbstat', 'dbstat'],
    ['SELECT file FROM pragma_database_list', 'pragma_database_list'],
    ["SELECT * FROM account('x')", 'account'],
    ['CREATE VIRTUAL TABLE t USING fts3(a)', 'fts3'],
    ['CREATE VIRTUAL TABLE t USING "fsdir"', 'fsdir'],
    [`CREATE VIRTUAL TABLE t USING fts5(a, content='FsDir')`, 'fsdir'],
    ['PRAGMA writable_schema = 1', 'writable_schema'],
    ['PRAGMA "temp".table_info(a)', 'temp.table_info'],
    ['PRAGMA temp_store_directory', 'temp_store_directory'],
    [`SELECT sha3_query('SELECT 1')`, 'sha3_query'],
    ["SELECT load_extension('x')", 'load_extension'],
    ["SELECT 'x' || nothing_known(1)", 'nothing_known'],
    ['SELECT readfile\u00a0(1)', 'readfile\u00a0'],
    ['SELECT * FROM a \u017Fet, fsdir', 'fsdir'],
  ])('refuses %s', (sql, name) => {
    expect(refusedFor(sql)).toBe(name);
    expect(() => check(sql)).toThrow(expect.objectContaining({ code: 'not_allowed' }));
  });
});

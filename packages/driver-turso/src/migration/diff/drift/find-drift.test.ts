import { describe, expect, it } from 'vitest';
import { directClient, freshDatabase, object, planFor } from '../../../../test/database.js';
import { createSqliteSchemaDiff } from '../../schema-diff-service.js';

const { introspect, findDrift, applyMigrations } = createSqliteSchemaDiff();
const OBJECTS = [
  object('account', { name: { type: 'text', index: true }, size: { type: 'number' } }),
  object('contact', { account: { type: 'lookup', reference: 'account' } }),
];
const INDEX =
  "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'account' AND sql IS NOT NULL";

async function driftAfter(...statements: string[]) {
  const { driver, path } = await freshDatabase(OBJECTS);
  const client = directClient(path);
  const { rows } = await client.execute(INDEX);
  for (const sql of statements) await client.execute(sql.replace('<index>', `"${rows[0]?.name}"`));
  return { driver, client, current: await introspect(driver), drift: findDrift(await introspect(driver)) };
}

const CHANGES: [string, string, ...string[]][] = [
  ['DR701 column account.theirs', `ALTER TABLE account ADD COLUMN theirs TEXT CHECK (theirs <> ',')`],
  ['DR701 index account.by_size', 'CREATE INDEX by_size ON account (size DESC) WHERE size > 1'],
  ['DR701 index account.by_lower', 'CREATE UNIQUE INDEX by_lower ON account (lower(name))'],
  [
    'DR701 trigger account.watch',
    'CREATE TRIGGER watch AFTER DELETE ON account BEGIN DELETE FROM contact WHERE account = old.id; END',
  ],
  ['DR701 view big', 'CREATE VIEW big AS SELECT * FROM account WHERE size > 1'],
  [
    'DR701 table theirs',
    'CREATE TABLE theirs (b TEXT, a INTEGER PRIMARY KEY AUTOINCREMENT, UNIQUE (a, b)) STRICT',
    'CREATE INDEX theirs_b ON theirs (b)',
  ],
  ['DR702 column account.size', 'ALTER TABLE account DROP COLUMN size'],
  ['DR702 column account.size', 'ALTER TABLE account ALTER COLUMN size TO size REAL DEFAULT (1)'],
  ['DR702 index account.', 'DROP INDEX <index>'],
  ['DR702 table contact', 'DROP TABLE contact'],
];

describe('findDrift', () => {
  it('finds nothing in a deployed database', async () => {
    expect((await driftAfter()).drift).toEqual([]);
  });

  it.each(CHANGES)('names %s and shows what makes it: %s', async (expected, ...statements) => {
    const { current, drift } = await driftAfter(...statements);
    expect(
      drift.map(
        ({ code, kind, table, name }) => `${code} ${kind} ${table === name ? name : `${table}.${name}`}`,
      ),
    ).toEqual([expect.stringContaining(expected)]);
    const again = await driftAfter(...(drift[0]?.statements ?? []));
    expect(again.current.schemaHash).toBe(current.schemaHash);
  });

  it('finds a constraint of a table that was rebuilt outside of a deployment', async () => {
    const { drift } = await driftAfter(
      'CREATE TABLE other AS SELECT * FROM contact',
      'DROP TABLE contact',
      'CREATE TABLE contact (id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, account TEXT REFERENCES account(id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, CHECK (account <> 1))',
      'DROP TABLE other',
    );
    expect(drift.map(({ code, kind, name }) => [code, kind, name])).toContainEqual([
      'DR702',
      'index',
      expect.any(String),
    ]);
  });

  it('is in the error of a plan for a table that was changed outside of a deployment', async () => {
    const { driver } = await driftAfter('ALTER TABLE account DROP COLUMN size');
    await expect(planFor(driver, OBJECTS)).rejects.toMatchObject({
      code: 'schema_mismatch',
      message: 'Table account was changed outside of a deployment: the column size. Revert these changes.',
      details: { object: 'account', drift: [{ code: 'DR702', kind: 'column', name: 'size' }] },
    });
  });

  it('reports its outcome in a plan, which applying confirms', async () => {
    const { driver, current } = await driftAfter(
      'ALTER TABLE account ADD COLUMN theirs TEXT COLLATE NOCASE',
      'CREATE INDEX by_theirs ON account (theirs)',
      'CREATE TABLE loose (a TEXT)',
      'CREATE VIEW few AS SELECT id FROM contact',
    );
    const strict = object('account', {
      name: { type: 'text', index: true, storage: { notNull: true } },
      size: { type: 'number' },
    });
    const plan = await planFor(driver, [strict, OBJECTS[1] as never]);
    expect(plan.drift.map(({ kind, name, outcome }) => [kind, name, outcome])).toEqual([
      ['column', 'theirs', 'recreated'],
      ['index', 'by_theirs', 'recreated'],
      ['table', 'loose', 'unchanged'],
      ['view', 'few', 'unchanged'],
    ]);
    await applyMigrations(driver, plan);
    expect(findDrift(await introspect(driver))).toEqual(findDrift(current));
  });
});

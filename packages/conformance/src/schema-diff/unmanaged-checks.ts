import assert from 'node:assert/strict';
import type { SqlValue } from '@objectstack/spec/contracts';
import { fill } from './fill.js';
import { lookup, NUMBER, object, STORED, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const BEFORE = [object('account', { name: STORED, size: NUMBER })];
/** Requires a table rebuild. */
const REBUILT = [object('account', { name: TEXT, size: NUMBER })];

type Sql = readonly string[];

/** All unmanaged objects in canonical form: a service may rewrite their SQL. */
async function unmanagedObjects(trial: SchemaDiffTrial) {
  const { tables, views } = await trial.introspect();
  const isTheirs = ({ name }: { name: string }) => name.startsWith('their');
  return {
    views,
    tables: tables.filter(isTheirs),
    parts: tables.flatMap(({ columns, indexes, triggers }) =>
      [...columns, ...indexes, ...triggers].filter(isTheirs),
    ),
  };
}

const plain = (rows: readonly Readonly<Record<string, SqlValue>>[]) =>
  rows.map((row) => Object.values(row).map(String));

/** Deploys, adds unmanaged objects and rebuilds the table; the unmanaged objects must be unchanged. */
async function survives(trial: SchemaDiffTrial, statements: Sql, query: string): Promise<void> {
  await trial.deploy(BEFORE);
  await fill(trial, BEFORE);
  for (const statement of statements) await trial.sql(statement);
  const [before, answer] = [await unmanagedObjects(trial), plain(await trial.sql(query))];
  assert.ok(answer.length > 0);
  for (const step of [async () => trial.force(await trial.plan(REBUILT)), () => trial.rollback()]) {
    await step();
    assert.deepEqual(await unmanagedObjects(trial), before);
    assert.deepEqual(plain(await trial.sql(query)), answer);
  }
}

const survive = (what: string, statements: Sql, query: string) =>
  must(`${what} survive a table rebuild and its rollback`, (trial) => survives(trial, statements, query));

export const unmanagedChecks: SchemaDiffChecks = {
  tables: survive(
    'unmanaged tables with their rows and keys',
    [
      'CREATE TABLE theirs (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT REFERENCES account (id) ON DELETE CASCADE)',
      `INSERT INTO theirs (id, a) VALUES (7, 'account_0')`,
    ],
    'SELECT t.id, t.a, s.seq FROM theirs t, sqlite_sequence s',
  ),
  'without-row-ids': survive(
    'tables without row ids',
    [
      'CREATE TABLE theirs (a TEXT, b INTEGER, PRIMARY KEY (b, a)) WITHOUT ROWID',
      `INSERT INTO theirs VALUES ('x', 1)`,
    ],
    'SELECT * FROM theirs',
  ),
  views: survive(
    'views on the table, and views on those views,',
    [
      'CREATE VIEW their_view AS SELECT name, size FROM account WHERE size IS NOT NULL',
      'CREATE VIEW their_view_too AS SELECT name FROM their_view',
    ],
    'SELECT * FROM their_view_too',
  ),
  columns: survive(
    'unmanaged columns with their values',
    [
      `ALTER TABLE account ADD COLUMN theirs TEXT DEFAULT 'x'`,
      `UPDATE account SET theirs = 'y' WHERE id = 'account_0'`,
    ],
    'SELECT id, theirs FROM account ORDER BY id',
  ),
  'generated-columns': survive(
    'generated columns and columns with checks and collations',
    [
      'ALTER TABLE account ADD COLUMN their_twice REAL AS (size * 2)',
      `ALTER TABLE account ADD COLUMN their_word TEXT COLLATE NOCASE CHECK (their_word IN ('a', 'b'))`,
      `UPDATE account SET their_word = 'a'`,
    ],
    `SELECT id, their_twice FROM account WHERE their_word = 'A' ORDER BY id`,
  ),
  indexes: survive(
    'unmanaged partial, descending and expression indexes',
    [
      'CREATE INDEX theirs ON account (size DESC, name COLLATE NOCASE) WHERE size > 0',
      'CREATE UNIQUE INDEX theirs_too ON account (lower(name))',
    ],
    'SELECT id FROM account INDEXED BY theirs WHERE size > 0',
  ),
  triggers: must('triggers survive a rebuild of their table, and do not fire during it', async (trial) => {
    await trial.deploy(BEFORE);
    await fill(trial, BEFORE);
    await trial.sql('CREATE TABLE their_log (id TEXT)');
    for (const event of ['INSERT', 'UPDATE', 'DELETE'])
      await trial.sql(
        `CREATE TRIGGER their_${event} AFTER ${event} ON account BEGIN INSERT INTO their_log VALUES ('${event}'); END`,
      );
    const before = await unmanagedObjects(trial);
    await trial.force(await trial.plan(REBUILT));
    assert.deepEqual(await unmanagedObjects(trial), before);
    assert.deepEqual(await trial.sql('SELECT id FROM their_log'), []);
    await trial.driver.create('account', { name: 'new' });
    assert.deepEqual(plain(await trial.sql('SELECT id FROM their_log')), [['INSERT']]);
  }),
  'triggers-elsewhere': must('triggers of other tables that write to the table survive', async (trial) => {
    await trial.deploy(BEFORE);
    await fill(trial, BEFORE);
    await trial.sql('CREATE TABLE theirs (a REAL)');
    await trial.sql(
      'CREATE TRIGGER their_trigger AFTER INSERT ON theirs BEGIN UPDATE account SET size = new.a; END',
    );
    await trial.force(await trial.plan(REBUILT));
    await trial.sql('INSERT INTO theirs VALUES (42)');
    assert.deepEqual(plain(await trial.sql('SELECT DISTINCT size FROM account')), [['42']]);
  }),
  'add-beside': must('fields and objects can be added beside unmanaged objects', async (trial) => {
    await trial.deploy(BEFORE);
    await trial.sql('ALTER TABLE account ADD COLUMN theirs TEXT');
    await trial.sql('CREATE TABLE their_table (a TEXT REFERENCES account (id))');
    await trial.deploy([
      object('account', { name: STORED, size: NUMBER, more: { type: 'text', index: true } }),
      object('note', { account: lookup('account') }),
    ]);
    const { tables } = await trial.introspect();
    assert.deepEqual(
      tables.map(({ name }) => name),
      ['account', 'note', 'their_table'],
    );
    assert.ok(tables[0]?.columns.some(({ name }) => name === 'theirs'));
  }),
};

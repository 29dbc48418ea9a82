import assert from 'node:assert/strict';
import { fill } from './fill.js';
import { lookup, NUMBER, object, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const ACCOUNT = object('account', { name: { type: 'text', unique: true }, size: NUMBER });
const CONTACT = object('contact', { account: lookup('account', { deleteBehavior: 'cascade' }) });

const EVERYTHING = [
  `CREATE TABLE "Their Table" (b TEXT DEFAULT 'x', a INTEGER NOT NULL, twice INTEGER AS (a * 2), PRIMARY KEY (b, a))`,
  `CREATE INDEX theirs ON "Their Table" (a DESC, b COLLATE NOCASE) WHERE a > 1`,
  `CREATE UNIQUE INDEX theirs_too ON "Their Table" (lower(b))`,
  'CREATE VIEW their_view AS SELECT a FROM "Their Table"',
  'CREATE TRIGGER their_trigger AFTER INSERT ON "Their Table" BEGIN SELECT 1; END',
];

async function run({ sql }: Pick<SchemaDiffTrial, 'sql'>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql(statement);
}

/** What introspection finds of unmanaged objects, and what its hash covers. */
export const unmanagedIntrospectionChecks: SchemaDiffChecks = {
  unmanaged: must('finds unmanaged columns, keys, indexes, triggers and views', async (trial) => {
    await run({ sql: (text) => trial.sql(text) }, EVERYTHING);
    const { tables, views } = await trial.introspect();
    assert.deepEqual(
      views.map(({ name }) => name),
      ['their_view'],
    );
    const [table] = tables;
    assert.equal(table?.name, 'Their Table');
    assert.deepEqual(
      table?.columns.map(({ name, notNull, defaultValue, primaryKey, generated }) => [
        name,
        notNull,
        defaultValue,
        primaryKey,
        generated,
      ]),
      [
        ['a', true, null, 2, false],
        ['b', false, `'x'`, 1, false],
        ['twice', false, null, 0, true],
      ],
    );
    const indexed = table?.indexes.map(({ name, unique, where, columns }) => [
      name,
      unique,
      where,
      columns.length,
    ]);
    assert.deepEqual(indexed, [
      ['theirs', false, 'a > 1', 2],
      ['theirs_too', true, null, 1],
    ]);
    assert.deepEqual(table?.indexes[0]?.columns, [
      { name: 'a', collation: 'BINARY', descending: true },
      { name: 'b', collation: 'NOCASE', descending: false },
    ]);
    assert.equal(table?.indexes[1]?.columns[0]?.name, null);
    assert.deepEqual(
      table?.triggers.map(({ name }) => name),
      ['their_trigger'],
    );
  }),
  'hash-notices': must(
    'has another hash after any change of tables, views, triggers and metadata',
    async (trial) => {
      await trial.deploy([ACCOUNT]);
      const hashes = [(await trial.introspect()).schemaHash];
      for (const statement of EVERYTHING) {
        await trial.sql(statement);
        hashes.push((await trial.introspect()).schemaHash);
      }
      await trial.deploy([
        object('account', { name: { type: 'text', unique: true, label: 'Name' }, size: NUMBER }),
      ]);
      hashes.push((await trial.introspect()).schemaHash);
      assert.equal(new Set(hashes).size, hashes.length);
    },
  ),
  'hash-ignores': must(
    'has the same hash regardless of the records, and in every database with the same schema',
    async (trial) => {
      await trial.deploy([ACCOUNT, CONTACT]);
      const { schemaHash } = await trial.introspect();
      await fill(trial, [ACCOUNT, CONTACT]);
      assert.equal((await trial.introspect()).schemaHash, schemaHash);
      const other = await trial.fresh();
      await other.deploy([object('account', { name: TEXT })]);
      await other.deploy([CONTACT, ACCOUNT], { allow: [] });
      assert.equal((await other.introspect()).schemaHash, schemaHash);
    },
  ),
};

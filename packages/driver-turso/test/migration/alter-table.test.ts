import {
  type SQLiteAlterTableLimitations as Limitations,
  SQLiteAlterTableLimitations,
} from '@objectstack/spec/data';
import { describe, expect, it } from 'vitest';
import { createSqliteSchemaDiff } from '../../src/migration/schema-diff-service.js';
import { directClient, freshDatabase, object } from '../database.js';

const SETUP = [
  'CREATE TABLE parent (id TEXT PRIMARY KEY)',
  `CREATE TABLE t (id TEXT PRIMARY KEY, plain TEXT, u TEXT UNIQUE, ix TEXT, own TEXT CHECK (own <> 'x'), other TEXT,
    link TEXT REFERENCES parent(id), tl TEXT, base TEXT, made TEXT AS (base || '!'), seen TEXT,
    CHECK (other <> 'x'), FOREIGN KEY (tl) REFERENCES parent(id))`,
  'CREATE INDEX i ON t (ix)',
  'CREATE VIEW v AS SELECT seen FROM t',
  `INSERT INTO t (id) VALUES ('1')`,
];
const { addColumn, dropColumn, rebuildStrategy: _, ...table } = SQLiteAlterTableLimitations;

const STATEMENTS: { readonly [Flag in keyof typeof table]: string } = {
  supportsAddColumn: 'ADD COLUMN n TEXT',
  supportsDropColumn: 'DROP COLUMN plain',
  supportsRenameColumn: 'RENAME COLUMN plain TO Plain',
  supportsRenameTable: 'RENAME TO other',
  supportsRenameTableCase: 'RENAME TO T',
  supportsModifyColumn: 'MODIFY COLUMN plain INTEGER',
  supportsAddConstraint: 'ADD CONSTRAINT c CHECK (id <> plain)',
};
const ADDED: { readonly [Flag in keyof typeof addColumn]: string } = {
  notNullWithoutDefault: 'n TEXT NOT NULL',
  expressionDefault: `n TEXT DEFAULT (datetime('now'))`,
  unique: 'n TEXT UNIQUE',
  primaryKey: 'n TEXT PRIMARY KEY',
  storedGenerated: 'n TEXT AS (plain) STORED',
  references: 'n TEXT REFERENCES parent(id)',
  referencesWithDefault: `n TEXT DEFAULT '1' REFERENCES parent(id)`,
};
const DROPPED: { readonly [Flag in keyof typeof dropColumn]: string } = {
  primaryKey: 'id',
  unique: 'u',
  indexed: 'ix',
  ownCheck: 'own',
  otherCheck: 'other',
  columnForeignKey: 'link',
  tableForeignKey: 'tl',
  generated: 'made',
  usedByGenerated: 'base',
  usedByView: 'seen',
};

async function works(change: string): Promise<boolean> {
  const client = directClient((await freshDatabase()).path);
  for (const sql of SETUP) await client.execute(sql);
  return client.execute(`ALTER TABLE t ${change}`).then(
    () => true,
    () => false,
  );
}

describe('SQLiteAlterTableLimitations', () => {
  it.each(Object.entries(table))('is right about %s: %s', async (flag, expected) => {
    expect(await works(STATEMENTS[flag as keyof typeof table])).toBe(expected);
  });

  it.each(Object.entries(addColumn))('is right about adding %s: %s', async (flag, expected) => {
    expect(await works(`ADD COLUMN ${ADDED[flag as keyof typeof addColumn]}`)).toBe(expected);
  });

  it.each(Object.entries(dropColumn))('is right about dropping %s: %s', async (flag, expected) => {
    expect(await works(`DROP COLUMN ${DROPPED[flag as keyof typeof dropColumn]}`)).toBe(expected);
  });
});

describe('generateMigrations', () => {
  const before = [object('target', { name: { type: 'text' } }), object('thing', { name: { type: 'text' } })];
  const withField = (field: Record<string, unknown>) => [
    before[0] ?? object('target', {}),
    object('thing', { name: { type: 'text' }, more: field }),
  ];

  async function planWith(field: Record<string, unknown>, change: Partial<Limitations>) {
    const { driver } = await freshDatabase(before);
    const diff = createSqliteSchemaDiff().diff(
      await createSqliteSchemaDiff().introspect(driver),
      withField(field),
    );
    const alterTable = { ...SQLiteAlterTableLimitations, ...change };
    return () => createSqliteSchemaDiff().generateMigrations(diff, 'sqlite', { alterTable });
  }
  const kindsOf = ({ statements }: { statements: { kind: string }[] }) => [
    ...new Set(statements.map(({ kind }) => kind)),
  ];

  it('adds a NOT NULL column in place only where the engine can', async () => {
    const strict = { type: 'text', storage: { notNull: true } };
    expect(kindsOf((await planWith(strict, {}))())).toEqual(['rebuild_table']);
    const able = { addColumn: { ...addColumn, notNullWithoutDefault: true } };
    expect((await planWith(strict, able))()).toMatchObject({
      statements: [{ sql: 'ALTER TABLE "thing" ADD COLUMN "more" TEXT NOT NULL', risk: 'may_fail' }],
    });
  });

  it('adds a foreign key in place only where the engine can', async () => {
    const link = { type: 'lookup', reference: 'target' };
    expect((await planWith(link, {}))().statements[0]?.sql).toContain('REFERENCES "target"');
    const unable = { addColumn: { ...addColumn, references: false } };
    expect(kindsOf((await planWith(link, unable))())).toEqual(['rebuild_table', 'create_index']);
  });

  it('calls a new column reversible only where the engine can drop it', async () => {
    const text = { type: 'text' };
    expect((await planWith(text, {}))()).toMatchObject({
      reversible: true,
      statements: [{ reversible: true, rollback: [{ sql: 'ALTER TABLE "thing" DROP COLUMN "more"' }] }],
    });
    const plan = (await planWith(text, { supportsDropColumn: false }))();
    expect(plan).toMatchObject({ reversible: false, statements: [{ reversible: false }] });
    expect(plan.statements[0]).not.toHaveProperty('rollback');
  });
});

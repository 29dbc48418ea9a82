import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { connected, directClient, object } from '../../../../test/database.js';
import { createSqliteSchemaDiff } from '../../schema-diff-service.js';

const service = createSqliteSchemaDiff();
const bundle = { checksum: 'b'.repeat(64), version: '1.0.0' };
const OWNER = object('owner', {});
const IN_TEXT = 'id TEXT PRIMARY KEY NOT NULL';

type Declared = [columns: string, field?: Record<string, unknown> | undefined, rest?: string];

/** The codes of the errors for a table `item` with the columns, if its field `value` is the given one. */
async function errorsOf([columns, field, rest = '']: Declared, ...rows: string[]) {
  const path = join(await temporaryFolder(), 'items.db');
  await writeFile(path, '');
  const client = directClient(path);
  await client.execute(`CREATE TABLE owner (${IN_TEXT})`);
  await client.execute(`CREATE TABLE item (${columns}) ${rest}`);
  for (const row of rows) await client.execute(`INSERT INTO item ${row}`);
  const driver = await connected({ url: pathToFileURL(path).href });
  const item = object('item', field ? { value: field } : {});
  const { findings } = await service.planBaseline(driver, [OWNER, item], { bundle });
  return findings.flatMap(({ severity, code, name }) => (severity === 'error' ? [[code, name]] : []));
}

const LOOKUP = { type: 'lookup', reference: 'owner' };

describe('acceptsColumn', () => {
  it.each<Declared>([
    ['id VARCHAR(36) PRIMARY KEY'],
    ['id CHAR(32) NOT NULL, PRIMARY KEY (id)'],
    ['id PRIMARY KEY'],
    [`${IN_TEXT}, created_at DATETIME DEFAULT CURRENT_TIMESTAMP, updated_at INTEGER`],
    [`${IN_TEXT}, value NVARCHAR(9)`, { type: 'text' }],
    [`${IN_TEXT}, value`, { type: 'text' }],
    [`${IN_TEXT}, value DOUBLE PRECISION`, { type: 'number' }],
    [`${IN_TEXT}, value BIGINT`, { type: 'number' }],
    [`${IN_TEXT}, value BOOL`, { type: 'boolean' }],
    [`${IN_TEXT}, value TIMESTAMP`, { type: 'datetime' }],
    [`${IN_TEXT}, value JSON`, { type: 'json' }],
    [`${IN_TEXT}, value NUMERIC`, { type: 'tags' }],
    [`${IN_TEXT}, value TEXT DEFAULT NULL`, { type: 'text' }],
    [`${IN_TEXT}, value TEXT DEFAULT 'a'`, { type: 'text', defaultValue: 'b' }],
    [`${IN_TEXT}, value DATETIME DEFAULT CURRENT_TIMESTAMP`, { type: 'datetime', defaultValue: 'NOW()' }],
    [`${IN_TEXT}, value TEXT COLLATE BINARY`, { type: 'text' }],
    [`${IN_TEXT}, value TEXT CONSTRAINT one UNIQUE`, { type: 'text', unique: true }],
    [`${IN_TEXT}, value TEXT, CONSTRAINT "one" UNIQUE ("VALUE")`, { type: 'text', unique: true }],
    [`${IN_TEXT}, value REFERENCES owner ON DELETE SET NULL ON UPDATE CASCADE`, LOOKUP],
    [`${IN_TEXT}, value TEXT REFERENCES Owner(ID)`, { ...LOOKUP, deleteBehavior: 'restrict' }],
    [`${IN_TEXT}, value TEXT /* a, b */ NOT NULL`, { type: 'text', storage: { notNull: true } }],
    [IN_TEXT, undefined, 'STRICT'],
    [`${IN_TEXT}, value TEXT`, { type: 'date' }, 'STRICT'],
    [`${IN_TEXT}, value INT`, { type: 'boolean' }, 'STRICT'],
    [`${IN_TEXT}, value INTEGER`, { type: 'number' }, 'STRICT'],
    [`${IN_TEXT}, value TEXT`, { type: 'tags' }, 'strict'],
  ])('accepts %s for %j', async (...declared) => {
    expect(await errorsOf(declared)).toEqual([]);
  });

  it.each<Declared>([
    [`${IN_TEXT}, value UUID`, { type: 'text' }],
    [`${IN_TEXT}, value STRING`, { type: 'select', options: [{ label: '1', value: '1' }] }],
    [`${IN_TEXT}, value NUMERIC REFERENCES owner(id) ON DELETE SET NULL`, LOOKUP],
    [`${IN_TEXT}, value TEXT`, { type: 'number' }],
    [`${IN_TEXT}, value REAL`, { type: 'boolean' }],
    [`${IN_TEXT}, value TEXT DEFAULT 'a'`, { type: 'text' }],
    [`${IN_TEXT}, value TEXT DEFAULT 'a'`, { type: 'text', defaultValue: '$currentUser' }],
    [`${IN_TEXT}, value TEXT DEFAULT (hex(randomblob(4)))`, { type: 'text', required: true }],
    [`${IN_TEXT}, value TEXT NOT NULL`, { type: 'text', required: true }],
    [`${IN_TEXT}, value TEXT`, { type: 'text', storage: { notNull: true } }],
    [`${IN_TEXT}, value TEXT COLLATE NOCASE`, { type: 'text' }],
    [`${IN_TEXT}, value TEXT COLLATE NOCASE UNIQUE`, { type: 'text', unique: true, caseSensitive: false }],
    [`${IN_TEXT}, value TEXT UNIQUE`, { type: 'text' }],
    [`${IN_TEXT}, value TEXT UNIQUE ON CONFLICT REPLACE`, { type: 'text', unique: true }],
    [`${IN_TEXT}, value TEXT NOT NULL ON CONFLICT IGNORE`, { type: 'text', storage: { notNull: true } }],
    [`${IN_TEXT}, value TEXT CHECK (value <> 'x')`, { type: 'text' }],
    [`${IN_TEXT}, value REAL CHECK (value > 0)`, { type: 'number', min: 0 }],
    [`${IN_TEXT}, value TEXT GENERATED ALWAYS AS (id) STORED`, { type: 'text' }],
    [`${IN_TEXT}, value TEXT REFERENCES owner(id)`, { type: 'text' }],
    [`${IN_TEXT}, value INTEGER`, { type: 'date' }, 'STRICT'],
    [`${IN_TEXT}, value BLOB`, { type: 'text' }, 'STRICT'],
    [`${IN_TEXT}, value REAL`, { type: 'tags' }, 'STRICT'],
    [`${IN_TEXT}, value TEXT`, LOOKUP],
    [`${IN_TEXT}, value TEXT REFERENCES owner(id) ON DELETE CASCADE`, LOOKUP],
    [`${IN_TEXT}, value TEXT REFERENCES owner(created_at) ON DELETE SET NULL`, LOOKUP],
    [`${IN_TEXT}, value TEXT REFERENCES item(id) ON DELETE SET NULL`, LOOKUP],
  ])('refuses %s for %j', async (...declared) => {
    expect(await errorsOf(declared)).toEqual([['column_differs', 'value']]);
  });

  it.each<Declared>([
    ['id INTEGER PRIMARY KEY AUTOINCREMENT'],
    ['id INTEGER PRIMARY KEY'],
    ['id TEXT'],
    ['id TEXT PRIMARY KEY ON CONFLICT REPLACE NOT NULL'],
  ])('refuses the key of %s', async (...declared) => {
    expect(await errorsOf(declared)).toContainEqual(['system_column', 'id']);
  });
});

describe('acceptsConstraint', () => {
  it.each<Declared>([
    [`${IN_TEXT}, value TEXT, UNIQUE (value)`, { type: 'text' }],
    [`${IN_TEXT}, value TEXT, UNIQUE (value COLLATE NOCASE)`, { type: 'text', unique: true }],
    [`${IN_TEXT}, value TEXT, other TEXT, UNIQUE (value, other)`, { type: 'text', unique: true }],
    [`${IN_TEXT}, value TEXT, UNIQUE (value) ON CONFLICT IGNORE`, { type: 'text', unique: true }],
    [`${IN_TEXT}, value TEXT, CHECK (value <> 'x')`, { type: 'text' }],
    [`${IN_TEXT}, other TEXT, FOREIGN KEY (other) REFERENCES owner (id)`],
  ])('refuses %s for %j %s', async (...declared) => {
    expect(await errorsOf(declared)).toContainEqual(['table_constraint', undefined]);
  });

  it.each<Declared>([
    [`${IN_TEXT}, value ANY`, undefined, 'STRICT'],
    [IN_TEXT, undefined, 'WITHOUT ROWID'],
    ['name TEXT, PRIMARY KEY (name)', { type: 'date' }, 'STRICT, WITHOUT ROWID'],
  ])('names an option in place of everything else: %s for %j %s', async (...declared) => {
    expect(await errorsOf(declared)).toEqual([['table_constraint', undefined]]);
  });

  it.each<Declared>([
    ['name TEXT PRIMARY KEY NOT NULL'],
    ['name INTEGER PRIMARY KEY'],
    ['name TEXT, value TEXT, PRIMARY KEY (name, value)', { type: 'text' }],
    ['name TEXT'],
  ])('names another key in place of its columns and constraints: %s', async (...declared) => {
    expect(await errorsOf(declared)).toEqual([['system_column', 'id']]);
  });
});

describe('the values of an adopted table', () => {
  it.each([
    [`${IN_TEXT}, value INTEGER`, { type: 'number' }, "(id, value) VALUES ('a', 9007199254740992)", 'value'],
    [
      `${IN_TEXT}, value INTEGER`,
      { type: 'number' },
      "(id, value) VALUES ('a', -9223372036854775807 - 1)",
      'value',
    ],
    [`${IN_TEXT}, value JSON`, { type: 'json' }, "(id, value) VALUES ('a', 9223372036854775807)", 'value'],
    [`${IN_TEXT}, value JSON`, { type: 'tags' }, "(id, value) VALUES ('a', '5')", 'value'],
    [`${IN_TEXT}, value`, { type: 'text' }, "(id, value) VALUES ('a', 5)", 'value'],
    ['id TEXT PRIMARY KEY, value TEXT', { type: 'text' }, "(value) VALUES ('a')", 'id'],
    [
      `${IN_TEXT}, created_at TEXT, updated_at TEXT, value TEXT`,
      { type: 'text' },
      "(id, updated_at) VALUES ('a', '2024-01-01T00:00:00.000Z')",
      'created_at',
    ],
  ])('are refused unless records can contain them: %s, %j, %s', async (columns, field, row, name) => {
    expect(await errorsOf([columns, field], row)).toEqual([['invalid_value', name]]);
  });
});

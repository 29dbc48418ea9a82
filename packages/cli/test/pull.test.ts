import { appendFile, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTursoDriver } from '@objectstack/driver-turso';
import { type PulledFiles, PulledFilesSchema } from '@objectstack/spec/system';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCommand } from './run-command.js';

const SHOP = [
  `CREATE TABLE Customer (
     id TEXT PRIMARY KEY NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
     email VARCHAR(120) NOT NULL UNIQUE, "fullName" TEXT DEFAULT 'it''s me',
     kind TEXT NOT NULL DEFAULT 'private' CHECK (kind IN ('private', 'company (ltd)')),
     vip BOOLEAN DEFAULT 0, score REAL DEFAULT (1.5) CHECK (score > 0), photo BLOB,
     code TEXT CHECK (length(code) <= 8) COLLATE NOCASE, born DATE, seen DATETIME DEFAULT CURRENT_TIMESTAMP)`,
  `CREATE TABLE orders (
     id TEXT PRIMARY KEY NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
     customer TEXT NOT NULL REFERENCES Customer (id) ON DELETE CASCADE,
     parent TEXT REFERENCES orders (id) ON DELETE SET NULL,
     region TEXT, number INTEGER DEFAULT (random()), total REAL GENERATED ALWAYS AS (number * 2),
     UNIQUE (region, number))`,
  'CREATE INDEX orders_by_region ON orders (region, number)',
  'CREATE UNIQUE INDEX one_region ON orders (region COLLATE NOCASE)',
  'CREATE INDEX latest_orders ON orders (number DESC)',
  'CREATE INDEX open_orders ON orders (number) WHERE region IS NULL',
  `CREATE TABLE line (order_id TEXT, position INTEGER, data JSON,
     PRIMARY KEY (order_id, position), FOREIGN KEY (order_id) REFERENCES orders (region)) WITHOUT ROWID`,
  `CREATE TABLE strict_note (id TEXT PRIMARY KEY NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
     text TEXT UNIQUE ON CONFLICT REPLACE, stars INTEGER, parent TEXT REFERENCES strict_note (id) ON UPDATE CASCADE) STRICT`,
  'CREATE TABLE strict_any (id TEXT PRIMARY KEY NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, data ANY, scan BLOB NOT NULL) STRICT',
  'CREATE VIEW big_orders AS SELECT * FROM orders WHERE number > 100',
  'CREATE TRIGGER counted AFTER INSERT ON orders BEGIN SELECT 1; END',
  'CREATE TABLE falling (id INTEGER PRIMARY KEY DESC, rising VARCHAR(20) REFERENCES rising (id))',
  'CREATE TABLE rising (id INTEGER PRIMARY KEY ASC, falling NUMERIC REFERENCES ticket (id))',
  'CREATE TABLE rowless (id INTEGER PRIMARY KEY) WITHOUT ROWID',
  'CREATE TABLE ticket (id integer NOT NULL PRIMARY KEY AUTOINCREMENT, parent BIGINT REFERENCES ticket (id), other BLOB REFERENCES ticket)',
  'CREATE VIRTUAL TABLE found USING fts5(body)',
];

let root: string;
let report: PulledFiles;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'objectstack-'));
  const driver = createTursoDriver({ url: `file:${join(root, 'shop.db')}` });
  await driver.connect();
  for (const sql of SHOP) await driver.execute(sql);
  await driver.disconnect();
  const { code, stdout, stderr } = await runCommand(root, ['pull', 'shop.db', 'shop', '--json']);
  expect([code, stderr]).toEqual([0, '']);
  report = PulledFilesSchema.parse(JSON.parse(stdout));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const pulled = async (name: string) => parse(await readFile(join(root, `shop/objects/${name}.yaml`), 'utf8'));
const findingsOf = (table: string) =>
  report.findings.filter((one) => one.table === table).map(({ code, column }) => [code, column]);

describe('pull', () => {
  it('writes one file for each table, and a manifest', () => {
    expect(report.files).toEqual([
      'manifest.yaml',
      'objects/customer.yaml',
      'objects/falling.yaml',
      'objects/line.yaml',
      'objects/orders.yaml',
      'objects/rising.yaml',
      'objects/rowless.yaml',
      'objects/strict_any.yaml',
      'objects/strict_note.yaml',
      'objects/ticket.yaml',
    ]);
  });

  it('expresses types, defaults, options, lengths and uniqueness', async () => {
    expect(await pulled('customer')).toEqual({
      name: 'customer',
      fields: {
        email: {
          type: 'text',
          maxLength: 120,
          required: true,
          storage: { notNull: true },
          unique: true,
        },
        full_name: { type: 'text', defaultValue: "it's me" },
        kind: {
          type: 'select',
          options: [
            { label: 'private', value: 'private' },
            { label: 'company (ltd)', value: 'company (ltd)' },
          ],
          required: true,
          storage: { notNull: true },
          defaultValue: 'private',
        },
        vip: { type: 'boolean', defaultValue: false },
        score: { type: 'number', defaultValue: 1.5 },
        code: { type: 'text', maxLength: 8 },
        born: { type: 'date' },
        seen: { type: 'datetime', defaultValue: 'NOW()' },
      },
    });
    expect(findingsOf('Customer')).toEqual([
      ['name', 'fullName'],
      ['type', 'photo'],
      ['collation', 'code'],
      ['value_format', 'born'],
      ['value_format', 'seen'],
      ['check', undefined],
      ['name', undefined],
    ]);
  });

  it('expresses integer keys and references to them', async () => {
    expect(await pulled('ticket')).toEqual({
      name: 'ticket',
      idType: 'integer',
      fields: { parent: { type: 'lookup', reference: 'ticket', deleteBehavior: 'restrict' } },
    });
    expect(findingsOf('ticket')).toEqual([
      ['system_column', undefined],
      ['type', 'other'],
    ]);
  });

  it('reports integer keys that are no row ids, and references to row ids in columns of texts', async () => {
    const idTypes = ['falling', 'rowless', 'rising'].map(async (name) => (await pulled(name)).idType);
    expect(await Promise.all(idTypes)).toEqual([undefined, undefined, 'integer']);
    expect(findingsOf('falling')).toContainEqual(['system_column', 'id']);
    expect(findingsOf('falling')).toContainEqual(['foreign_key', 'rising']);
    expect(findingsOf('rowless')).toContainEqual(['system_column', 'id']);
    expect(findingsOf('rising')).not.toContainEqual(['foreign_key', 'falling']);
  });

  it('leaves out virtual tables and the tables that store their data', () => {
    const virtual = report.findings.filter(({ code }) => code === 'virtual_table');
    expect(virtual.map(({ table }) => table).sort()).toEqual([
      'found',
      'found_config',
      'found_content',
      'found_data',
      'found_docsize',
      'found_idx',
    ]);
  });

  it('expresses foreign keys and indexes, and reports the others', async () => {
    expect(await pulled('orders')).toEqual({
      name: 'orders',
      fields: {
        customer: {
          type: 'lookup',
          reference: 'customer',
          deleteBehavior: 'cascade',
          required: true,
          storage: { notNull: true },
        },
        parent: { type: 'lookup', reference: 'orders', deleteBehavior: 'set_null' },
        region: { type: 'text', unique: true, caseSensitive: false },
        number: { type: 'number' },
      },
      indexes: [{ fields: ['region', 'number'], unique: true }, { fields: ['region', 'number'] }],
    });
    expect(findingsOf('orders')).toEqual([
      ['default', 'number'],
      ['generated_column', 'total'],
      ['index', undefined],
      ['index', undefined],
      ['trigger', undefined],
    ]);
  });

  it('reports tables that are not like those of an object, and views', async () => {
    expect((await pulled('line')).fields).toEqual({
      order_id: { type: 'text', required: true, storage: { notNull: true } },
      position: { type: 'number', required: true, storage: { notNull: true } },
      data: { type: 'json' },
    });
    expect(findingsOf('line')).toEqual([
      ['system_column', undefined],
      ['primary_key', undefined],
      ['foreign_key', 'order_id'],
      ['table_option', undefined],
    ]);
    expect(findingsOf('big_orders')).toEqual([['view', undefined]]);
  });

  it('expresses STRICT tables, except for columns of type ANY', async () => {
    expect(findingsOf('strict_note')).toEqual([
      ['conflict_clause', 'text'],
      ['on_update', 'parent'],
    ]);
    expect(findingsOf('strict_any')).toEqual([
      ['type', 'data'],
      ['type', 'scan'],
      ['table_option', undefined],
    ]);
    expect((await pulled('strict_any')).fields).toEqual({});
    // An adoption refuses a column that requires a value.
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        column: 'scan',
        next: expect.stringContaining('Recreate the table with a DEFAULT'),
      }),
    );
  });

  it('writes a valid bundle, again if it was interrupted, and overwrites nothing', async () => {
    const valid = await runCommand(join(root, 'shop'), ['validate', '--json']);
    expect(valid.documents()).toEqual([expect.objectContaining({ valid: true })]);
    const [ticket, line] = ['ticket', 'line'].map((name) => join(root, `shop/objects/${name}.yaml`));
    const before = await readFile(ticket as string, 'utf8');
    await rm(ticket as string);
    expect(await runCommand(root, ['pull', 'shop.db', 'shop'])).toMatchObject({ code: 0 });
    expect(await readFile(ticket as string, 'utf8')).toBe(before);
    await rm(ticket as string);
    await appendFile(line as string, '# changed\n');
    expect(await runCommand(root, ['pull', 'shop.db', 'shop'])).toMatchObject({
      code: 4,
      stdout: '',
      stderr: expect.stringContaining('objects/line.yaml'),
    });
    expect(await readdir(join(root, 'shop/objects'))).not.toContain('ticket.yaml');
  });

  it('shows the findings to people, in TypeScript too, and changes nothing', async () => {
    const before = await stat(join(root, 'shop.db'));
    const { code, stdout } = await runCommand(root, ['pull', 'shop.db', 'typed', '--format', 'ts']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Customer.photo')]);
    for (const { next } of report.findings) expect(stdout).toContain(`Next: ${next}`);
    expect(stdout).toContain('Wrote 9 objects to typed');
    expect((await readdir(join(root, 'typed/objects'))).sort()).toEqual([
      'customer.ts',
      'falling.ts',
      'line.ts',
      'orders.ts',
      'rising.ts',
      'rowless.ts',
      'strict_any.ts',
      'strict_note.ts',
      'ticket.ts',
    ]);
    expect((await stat(join(root, 'shop.db'))).mtimeMs).toBe(before.mtimeMs);
  });
});

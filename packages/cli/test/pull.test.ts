import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
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
  'CREATE INDEX open_orders ON orders (number) WHERE region IS NULL',
  `CREATE TABLE line (order_id TEXT, position INTEGER, data JSON,
     PRIMARY KEY (order_id, position), FOREIGN KEY (order_id) REFERENCES orders (region)) WITHOUT ROWID`,
  'CREATE VIEW big_orders AS SELECT * FROM orders WHERE number > 100',
  'CREATE TRIGGER counted AFTER INSERT ON orders BEGIN SELECT 1; END',
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
}, 180_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const pulled = async (name: string) => parse(await readFile(join(root, `shop/objects/${name}.yaml`), 'utf8'));
const findingsOf = (table: string) =>
  report.findings.filter((one) => one.table === table).map(({ code, column }) => [code, column]);

describe('pull', () => {
  it('writes one file for each table, and a manifest', () => {
    expect(report.files).toEqual([
      'manifest.yaml',
      'objects/customer.yaml',
      'objects/line.yaml',
      'objects/orders.yaml',
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
        region: { type: 'text' },
        number: { type: 'number' },
      },
      indexes: [{ fields: ['region', 'number'], unique: true }, { fields: ['region', 'number'] }],
    });
    expect(findingsOf('orders')).toEqual([
      ['default', 'number'],
      ['generated_column', 'total'],
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
      ['system_column', undefined],
      ['system_column', undefined],
      ['primary_key', undefined],
      ['foreign_key', 'order_id'],
      ['table_option', undefined],
    ]);
    expect(findingsOf('big_orders')).toEqual([['view', undefined]]);
  });

  it('writes a valid bundle, which is never overwritten', async () => {
    const valid = await runCommand(join(root, 'shop'), ['validate', '--json']);
    expect(valid.documents()).toEqual([expect.objectContaining({ valid: true })]);
    expect(await runCommand(root, ['pull', 'shop.db', 'shop'])).toMatchObject({ code: 4, stdout: '' });
  });

  it('shows the findings to people, in TypeScript too, and changes nothing', async () => {
    const before = await stat(join(root, 'shop.db'));
    const { code, stdout } = await runCommand(root, ['pull', 'shop.db', 'typed', '--format', 'ts']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Customer.photo')]);
    expect(stdout).toContain('Wrote 3 objects to typed');
    expect((await readdir(join(root, 'typed/objects'))).sort()).toEqual([
      'customer.ts',
      'line.ts',
      'orders.ts',
    ]);
    expect((await stat(join(root, 'shop.db'))).mtimeMs).toBe(before.mtimeMs);
  });
});

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { connected, directClient, object, planFor } from '../../../../test/database.js';
import {
  changeIdsOf,
  driftOf,
  migrateWithoutDrift,
  rollBackWithoutDrift,
} from '../../../../test/migration/without-drift.js';
import { createSqliteSchemaDiff } from '../../schema-diff-service.js';

const service = createSqliteSchemaDiff();
const bundle = { checksum: 'b'.repeat(64), version: '1.0.0' };
const OPTIONS = ['a', 'b'].map((value) => ({ label: value, value }));
const TABLES = [
  `CREATE TABLE account (id VARCHAR(36) PRIMARY KEY, name VARCHAR(40) NOT NULL UNIQUE,
     kind TEXT CHECK (kind IN ('a', 'b')), size DECIMAL(10, 2) DEFAULT 1 CHECK (size >= 0))`,
  `CREATE TABLE contact (id TEXT NOT NULL, account VARCHAR(36), no INTEGER, PRIMARY KEY (id), UNIQUE (account, no),
     FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE)`,
];
const ROWS = [
  "INSERT INTO account VALUES ('x', 'Ada', 'a', 7), ('y', 'Bob', NULL, 1.5)",
  "INSERT INTO contact VALUES ('c', 'x', 1), ('d', 'x', 2)",
];
const ACCOUNT = {
  name: { type: 'text', required: true, storage: { notNull: true }, unique: true, maxLength: 40 },
  kind: { type: 'select', options: OPTIONS },
  size: { type: 'number', min: 0, defaultValue: 1 },
};
const CONTACT = {
  account: { type: 'lookup', reference: 'account', deleteBehavior: 'cascade' },
  no: { type: 'number' },
};
const UNIQUE = { indexes: [{ fields: ['account', 'no'], unique: true }] };
const account = (more: Record<string, Record<string, unknown>> = {}, rest = {}) =>
  object('account', { ...ACCOUNT, ...more }, rest);
const contact = (more: Record<string, Record<string, unknown>> = {}, rest: object = UNIQUE) =>
  object('contact', { ...CONTACT, ...more }, { ...rest });

async function adopted() {
  const path = join(await temporaryFolder(), 'shop.db');
  await writeFile(path, '');
  const client = directClient(path);
  for (const sql of [...TABLES, ...ROWS]) await client.execute(sql);
  const driver = await connected({ url: pathToFileURL(path).href });
  const { outcome, findings } = await service.applyBaseline(driver, [account(), contact()], { bundle });
  expect([outcome, findings.filter(({ severity }) => severity === 'error')]).toEqual(['applied', []]);
  return { client, driver };
}

const records = async (driver: IDataDriver, ...names: string[]) =>
  Promise.all(names.map((name) => driver.find(name, { orderBy: [{ field: 'id' }] })));

type Case = [name: string, rebuilt: string[], objects: () => ObjectDefinition[]];
const CASES: Case[] = [
  ['a label', [], () => [account({}, { label: 'Account' }), contact()]],
  ['a label of a field', [], () => [account({ kind: { ...ACCOUNT.kind, label: 'Kind' } }), contact()]],
  ['an added field', [], () => [account({ note: { type: 'text' } }), contact()]],
  ['an added lookup', [], () => [account(), contact({ other: { type: 'lookup', reference: 'account' } })]],
  ['an added index', [], () => [account({}, { indexes: [{ fields: ['size'] }] }), contact()]],
  ['an added object', [], () => [account(), contact(), object('extra', { a: { type: 'text' } })]],
  ['a stricter rule', [], () => [account({ size: { ...ACCOUNT.size, min: 1 } }), contact()]],
  [
    'a weaker rule',
    ['account'],
    () => [account({ size: { type: 'number', min: -1, defaultValue: 1 } }), contact()],
  ],
  [
    'an added option',
    ['account'],
    () => [
      account({ kind: { type: 'select', options: [...OPTIONS, { label: 'c', value: 'c' }] } }),
      contact(),
    ],
  ],
  ['no default', ['account'], () => [account({ size: { type: 'number', min: 0 } }), contact()]],
  ['no unique', ['account'], () => [account({ name: { ...ACCOUNT.name, unique: false } }), contact()]],
  ['no unique index', ['contact'], () => [account(), contact({}, {})]],
  [
    'another delete behavior',
    ['contact'],
    () => [account(), contact({ account: { ...CONTACT.account, deleteBehavior: 'restrict' } })],
  ],
  ['another type', ['contact'], () => [account(), contact({ no: { type: 'text' } })]],
  [
    'a removed field',
    ['account'],
    () => [object('account', { name: ACCOUNT.name, size: ACCOUNT.size }), contact()],
  ],
  [
    'a renamed field',
    ['contact'],
    () => [
      account(),
      object(
        'contact',
        { account: CONTACT.account, number: { ...CONTACT.no, renamedFrom: 'no' } },
        { indexes: [{ fields: ['account', 'number'], unique: true }] },
      ),
    ],
  ],
  [
    'a renamed object',
    ['account', 'contact'],
    () => [
      object('company', ACCOUNT, { renamedFrom: 'account' }),
      contact({ account: { ...CONTACT.account, reference: 'company' } }),
    ],
  ],
  ['a removed object', ['contact'], () => [account()]],
  [
    'a removed target',
    ['account', 'contact'],
    () => [object('contact', { account: { type: 'text' }, no: CONTACT.no }, UNIQUE)],
  ],
];

describe('normalizeAdopted', () => {
  it.each(CASES)('rebuilds what contradicts the metadata after %s: %j', async (_, rebuilt, objects) => {
    const { client, driver } = await adopted();
    const before = await records(driver, 'account', 'contact');
    const plan = await migrateWithoutDrift(driver, objects());
    expect((plan.diff.normalized ?? []).map((change) => change.before.name).sort()).toEqual(rebuilt);
    const left = (await service.introspect(driver)).adopted?.map(({ name }) => name) ?? [];
    expect(left).toEqual(['account', 'contact'].filter((name) => !rebuilt.includes(name)));
    await rollBackWithoutDrift(driver);
    expect(await records(driver, 'account', 'contact')).toEqual(before);
    expect((await client.execute('PRAGMA integrity_check')).rows[0]).toMatchObject({ integrity_check: 'ok' });
    expect((await client.execute('PRAGMA foreign_key_check')).rows).toEqual([]);
    await migrateWithoutDrift(driver, [...objects(), object('last', {})]);
  });

  it('accepts what the new metadata permits, after a rebuild', async () => {
    const { driver } = await adopted();
    const kind = { type: 'select', options: [...OPTIONS, { label: 'c', value: 'c' }] };
    await migrateWithoutDrift(driver, [account({ kind, size: { type: 'number' } }), contact()]);
    const written = { name: 'Eve', kind: 'c', size: -1 };
    expect(await driver.create('account', written)).toMatchObject(written);
    await rollBackWithoutDrift(driver);
    expect(await driver.findOne('account', { where: { name: 'Eve' } })).toMatchObject(written);
  });

  it('undoes each statement of the rebuild', async () => {
    const { client, driver } = await adopted();
    const plan = await planFor(driver, [account({ size: { type: 'number' } }), contact()]);
    const schema = 'SELECT type, name, tbl_name FROM sqlite_schema ORDER BY name';
    const before = [
      (await client.execute(schema)).rows,
      (await client.execute('SELECT * FROM account')).rows,
    ];
    const back = [...plan.statements]
      .reverse()
      .flatMap((statement) => (statement.reversible ? statement.rollback : []));
    await driver.executeAtomic(
      [...plan.statements, ...back].map(({ sql, args }) => ({ sql, args })),
      { foreignKeys: 'off' },
    );
    expect([
      (await client.execute(schema)).rows,
      (await client.execute('SELECT * FROM account')).rows,
    ]).toEqual(before);
    expect(await driftOf(driver)).toEqual([]);
  });

  it('detects changes outside of a deployment, and refuses to plan with them', async () => {
    const { client, driver } = await adopted();
    await client.execute('ALTER TABLE account DROP COLUMN size');
    const found = await driftOf(driver);
    expect(found.map(({ code, kind, name }) => [code, kind, name])).toEqual([['DR702', 'column', 'size']]);
    for (const kind of [ACCOUNT.kind, { type: 'text' }])
      await expect(
        planFor(driver, [account({ kind, note: { type: 'text' } }), contact()]),
      ).rejects.toMatchObject({
        code: 'schema_mismatch',
      });
  });

  it('preserves what belongs to no object', async () => {
    const { client, driver } = await adopted();
    for (const sql of [
      "ALTER TABLE account ADD COLUMN legacy VARCHAR(9) DEFAULT 'old'",
      'CREATE INDEX by_legacy ON account (legacy)',
      'CREATE TRIGGER watch AFTER DELETE ON contact BEGIN SELECT 1; END',
      'CREATE VIEW names AS SELECT name, legacy FROM account',
    ])
      await client.execute(sql);
    const before = await driftOf(driver);
    expect(before.map(({ code, name }) => [code, name])).toEqual([
      ['DR701', 'legacy'],
      ['DR701', 'by_legacy'],
      ['DR701', 'watch'],
      ['DR701', 'names'],
    ]);
    const plan = await planFor(driver, [
      account({ size: { type: 'number' } }),
      contact({ no: { type: 'text' } }),
    ]);
    await service.applyMigrations(driver, plan, { allow: changeIdsOf(plan) });
    expect((await driftOf(driver)).map(({ code, name }) => [code, name])).toEqual(
      before.map(({ code, name }) => [code, name]),
    );
    expect((await client.execute('SELECT legacy FROM names')).rows).toMatchObject([
      { legacy: 'old' },
      { legacy: 'old' },
    ]);
  });

  it('lets another owner deploy beside it', async () => {
    const { driver } = await adopted();
    const app = [object('crm__lead', { account: { type: 'lookup', reference: 'account' } })];
    const plan = await planFor(driver, app, { owner: 'crm' });
    expect(plan.diff.normalized).toBeUndefined();
    await service.applyMigrations(driver, plan);
    expect(await driftOf(driver)).toEqual([]);
  });

  it.each(['removed', 'renamed'])('keeps every digit of numbers of an object that is %s', async (how) => {
    const path = join(await temporaryFolder(), 'shop.db');
    await writeFile(path, '');
    const client = directClient(path);
    await client.execute('CREATE TABLE doc (id TEXT PRIMARY KEY, data JSON, total INTEGER)');
    await client.execute(
      "INSERT INTO doc VALUES ('a', 0.30000000000000004, 9e15), ('b', 1.7976931348623157e308, 9e15 - 1)",
    );
    const driver = await connected({ url: pathToFileURL(path).href });
    const fields = { data: { type: 'json' }, total: { type: 'number' } };
    await service.applyBaseline(driver, [object('doc', fields)], { bundle });
    for (const total of [9e18, 9e18]) await driver.create('doc', { data: total, total });
    const before = await records(driver, 'doc');
    expect(
      await driver.find('doc', { aggregations: [{ function: 'sum', field: 'total', alias: 'sum' }] }),
    ).toEqual([{ sum: 9e15 + (9e15 - 1) + 9e18 + 9e18 }]);
    await migrateWithoutDrift(
      driver,
      how === 'removed' ? [] : [object('paper', fields, { renamedFrom: 'doc' })],
    );
    await rollBackWithoutDrift(driver);
    expect(await records(driver, 'doc')).toEqual(before);
  });
});

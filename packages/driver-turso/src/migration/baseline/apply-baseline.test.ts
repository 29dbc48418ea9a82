import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Client } from '@libsql/client';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { connected, directClient, object, planFor } from '../../../test/database.js';
import { createSqliteSchemaDiff } from '../schema-diff-service.js';

const service = createSqliteSchemaDiff();
const bundle = { checksum: 'b'.repeat(64), version: '1.0.0' };

const ACCOUNT = object('account', {
  name: { type: 'text', required: true, maxLength: 5 },
  code: { type: 'text', unique: true },
  size: { type: 'number' },
  vip: { type: 'boolean' },
  born: { type: 'date' },
  tags: { type: 'tags' },
  number: { type: 'autonumber', format: 'A-{0000}' },
});
const CONTACT = object('contact', { account: { type: 'lookup', reference: 'account' } });
const SYSTEM = 'id TEXT NOT NULL PRIMARY KEY, created_at TEXT NOT NULL, updated_at TEXT NOT NULL';
const AT = "'2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z'";
const TABLES = [
  `CREATE TABLE account (${SYSTEM}, size REAL, name TEXT, code TEXT, vip INTEGER, born TEXT, tags TEXT, number TEXT)`,
  `CREATE TABLE contact (${SYSTEM}, account TEXT REFERENCES account (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED)`,
];
const ROWS = [
  `INSERT INTO account VALUES ('a', ${AT}, 1.5, 'Ada', 'x', 1, '2020-02-29', '["p"]', 'A-0041')`,
  `INSERT INTO account VALUES ('b', ${AT}, 7, 'Bob', 'y', 0, NULL, NULL, NULL)`,
  `INSERT INTO contact VALUES ('c', ${AT}, 'a')`,
];

async function database(...more: string[]) {
  const path = join(await temporaryFolder(), 'shop.db');
  await writeFile(path, '');
  const client = directClient(path);
  for (const sql of [...TABLES, ...ROWS, ...more]) await client.execute(sql);
  const driver = await connected({ url: pathToFileURL(path).href });
  return { client, driver };
}

/** Digest of every stored value with its type and row id. */
async function digest(client: Client, ...tables: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const table of tables) {
    const { rows: columns } = await client.execute(`SELECT name FROM pragma_table_info('${table}')`);
    const parts = columns.map(({ name }) => `typeof("${name}"), hex(CAST("${name}" AS BLOB))`);
    const { rows } = await client.execute(`SELECT rowid, ${parts.join(', ')} FROM ${table} ORDER BY rowid`);
    for (const row of rows) hash.update(JSON.stringify(Object.values(row)));
  }
  return hash.digest('hex');
}

async function findingsOf(objects: readonly ObjectDefinition[], ...more: string[]) {
  const { client, driver } = await database(...more);
  const before = await digest(client, 'account');
  const plan = await service.planBaseline(driver, objects, { bundle });
  const applied = await service.applyBaseline(driver, objects, { bundle });
  expect(applied.outcome).toBe(plan.isAdoptable ? 'applied' : 'refused');
  expect(applied.findings).toEqual(plan.findings);
  expect(await digest(client, 'account')).toBe(before);
  if (!plan.isAdoptable)
    expect(
      (await client.execute("SELECT 1 FROM sqlite_schema WHERE name LIKE '\\_os\\_%' ESCAPE '\\'")).rows,
    ).toEqual([]);
  return plan.findings.map(({ severity, code, object: of, name, rows, samples }) =>
    [severity, code, name === undefined ? of : `${of}.${name}`, ...(rows ? [rows, samples] : [])].filter(
      (part) => part !== undefined,
    ),
  );
}

/** Findings that are no notice about a created index. */
const problems = (findings: unknown[][]) => findings.filter(([, code]) => code !== 'index_created');

describe('applyBaseline', () => {
  it('adopts a database without changing a row, and creates only indexes', async () => {
    const { client, driver } = await database();
    const before = await digest(client, 'account', 'contact');
    const applied = await service.applyBaseline(driver, [ACCOUNT, CONTACT], {
      bundle,
      deploymentId: 'first',
    });
    expect(applied).toMatchObject({ outcome: 'applied', deploymentId: 'first', isAdoptable: true });
    expect(applied.statements).toEqual([
      expect.stringMatching(/^CREATE UNIQUE INDEX "_os_ix_account_code_\w+" ON "account" \("code"\)$/),
      expect.stringMatching(/^CREATE INDEX "_os_ix_contact_account_\w+" ON "contact" \("account"\)$/),
    ]);
    expect(applied.findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['index_created', 'notice'],
      ['index_created', 'notice'],
    ]);
    expect(await digest(client, 'account', 'contact')).toBe(before);
    expect(await driver.findOne('account', { where: { id: 'a' } })).toMatchObject({
      name: 'Ada',
      size: 1.5,
      vip: true,
      born: '2020-02-29',
      tags: ['p'],
    });
    expect(await driver.create('account', { name: 'Eve' })).toMatchObject({ number: 'A-0042' });
    const current = await service.introspect(driver);
    expect(service.findDrift(current)).toEqual([]);
  });

  it('leaves nothing to deploy, then migrates and rolls back to the baseline only', async () => {
    const { client, driver } = await database();
    const { deploymentId } = await service.applyBaseline(driver, [ACCOUNT, CONTACT], { bundle });
    const before = await digest(client, 'account', 'contact');
    const current = await service.introspect(driver);
    const same = await service.planMigrations(current, [ACCOUNT, CONTACT], { bundle });
    expect(await service.applyMigrations(driver, same)).toMatchObject({ outcome: 'unchanged', deploymentId });
    const next = object('account', { ...ACCOUNT.fields, note: { type: 'text' } });
    await service.applyMigrations(driver, await planFor(driver, [next]), {
      allow: ['remove_object:contact'],
    });
    await service.applyMigrations(driver, await service.planRollback(driver), {
      allow: ['remove_field:account.note'],
    });
    expect(await digest(client, 'account', 'contact')).toBe(before);
    await expect(service.planRollback(driver)).rejects.toMatchObject({
      code: 'undo_expired',
      details: { deploymentId },
    });
    expect((await service.readHistory(driver)).map(({ isInEffect }) => isInEffect)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('is idempotent, and rejects a database to which something was deployed', async () => {
    const { driver } = await database();
    const first = await service.applyBaseline(driver, [ACCOUNT, CONTACT], { bundle });
    expect(await service.applyBaseline(driver, [ACCOUNT, CONTACT], { bundle })).toMatchObject({
      outcome: 'already_applied',
      deploymentId: first.deploymentId,
    });
    const other = { checksum: 'c'.repeat(64), version: '2.0.0' };
    for (const call of [service.planBaseline, service.applyBaseline])
      await expect(call(driver, [ACCOUNT, CONTACT], { bundle: other })).rejects.toMatchObject({
        code: 'invalid_state',
      });
  });

  it.each([
    ['_os_deployment', 'CREATE TABLE _os_deployment (id TEXT)'],
    ['_os_component', 'CREATE VIEW _os_component AS SELECT 1 AS id'],
    ['_os_object', 'CREATE TABLE _os_object (id, definition)'],
    [
      '_os_deployment',
      'CREATE TABLE _os_deployment (line BLOB)',
      'CREATE TABLE _os_object (id, owner, definition)',
    ],
  ])('cannot read a database with another table %s', async (name, ...statements) => {
    await expect(database(...statements)).rejects.toMatchObject({
      code: 'database_invalid',
      details: { name, reason: 'reserved_name' },
    });
  });

  it('is unaffected by what belongs to no object, and preserves it', async () => {
    const found = await findingsOf(
      [ACCOUNT, CONTACT],
      'ALTER TABLE account ADD COLUMN legacy TEXT',
      "ALTER TABLE account ADD COLUMN kind TEXT NOT NULL DEFAULT 'x'",
      'CREATE INDEX by_size ON account (size)',
      'CREATE TABLE log (line TEXT) STRICT',
      'CREATE VIEW names AS SELECT name FROM account',
      'CREATE TRIGGER watch AFTER DELETE ON contact BEGIN SELECT 1; END',
    );
    expect(problems(found)).toEqual([
      ['notice', 'unmanaged', 'account.kind'],
      ['notice', 'unmanaged', 'account.legacy'],
      ['notice', 'unmanaged', 'account.by_size'],
      ['notice', 'unmanaged', 'contact.watch'],
      ['notice', 'unmanaged', 'log'],
      ['notice', 'unmanaged', 'names'],
    ]);
  });

  it.each([
    ['system_column', 'account.created_at', 'ALTER TABLE account RENAME COLUMN created_at TO createdAt'],
    ['column_missing', 'account.born', 'ALTER TABLE account DROP COLUMN born'],
    [
      'required_column',
      'account.must',
      'ALTER TABLE contact DROP COLUMN account',
      'DELETE FROM account',
      'ALTER TABLE account ADD COLUMN must TEXT',
      'ALTER TABLE account ALTER COLUMN must TO must TEXT NOT NULL',
    ],
    [
      'column_differs',
      'account.name',
      'ALTER TABLE account ALTER COLUMN name TO name VARCHAR(9) COLLATE NOCASE',
    ],
    [
      'table_missing',
      'account',
      'ALTER TABLE contact DROP COLUMN account',
      'ALTER TABLE account RENAME TO other',
    ],
    [
      'table_name',
      'account',
      'ALTER TABLE account RENAME TO account_2',
      'ALTER TABLE account_2 RENAME TO Account',
    ],
  ])('refuses %s of %s: %s', async (code, where, ...statements) => {
    const { driver } = await database(...statements);
    const { isAdoptable, findings } = await service.planBaseline(driver, [ACCOUNT], { bundle });
    expect(isAdoptable).toBe(false);
    const errors = findings.filter(({ severity }) => severity === 'error');
    expect(
      errors.map(({ object: of, name, ...one }) => [one.code, name ? `${of}.${name}` : of]),
    ).toContainEqual([code, where]);
    for (const { message, next } of errors) expect([message, next]).not.toContain(undefined);
  });

  it('names a field as the next step only for a required column whose values one stores', async () => {
    for (const [type, next] of [
      ['BLOB', /^Recreate the table with a DEFAULT of the column, remove the object/],
      ['TEXT', /^Add a field .* remove the object/],
    ] as const) {
      const { driver } = await database(
        'DROP TABLE contact',
        'DROP TABLE account',
        `CREATE TABLE note (id TEXT PRIMARY KEY NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL, scan ${type} NOT NULL) STRICT`,
      );
      const { findings } = await service.planBaseline(driver, [{ name: 'note', fields: {} }], { bundle });
      expect(findings).toContainEqual(
        expect.objectContaining({ code: 'required_column', name: 'scan', next: expect.stringMatching(next) }),
      );
    }
  });

  it.each([
    ['invalid_value', 'account.vip', ['a'], "UPDATE account SET vip = 2 WHERE id = 'a'"],
    ['invalid_value', 'account.size', ['b'], "UPDATE account SET size = 'big' WHERE id = 'b'"],
    ['invalid_value', 'account.size', ['b'], "UPDATE account SET size = 9e999 WHERE id = 'b'"],
    ['invalid_value', 'account.born', ['a'], "UPDATE account SET born = '2023-02-29' WHERE id = 'a'"],
    ['invalid_value', 'account.name', ['a'], "UPDATE account SET name = x'00' WHERE id = 'a'"],
    ['invalid_value', 'account.name', ['b'], "UPDATE account SET name = 'a' || char(0) WHERE id = 'b'"],
    [
      'invalid_value',
      'account.tags',
      ['a'],
      `UPDATE account SET tags = '["' || CAST(x'ff' AS TEXT) || '"]' WHERE id = 'a'`,
    ],
    ['invalid_value', 'account.tags', ['a'], `UPDATE account SET tags = '{"p":1}' WHERE id = 'a'`],
    ['invalid_value', 'account.tags', ['a'], "UPDATE account SET tags = 'p,q' WHERE id = 'a'"],
    [
      'invalid_value',
      'account.created_at',
      ['a', 'b'],
      "UPDATE account SET created_at = '2024-01-01 00:00:00'",
    ],
    ['duplicate_values', 'account.code', ['a', 'b'], "UPDATE account SET code = 'x'"],
  ])('refuses %s of %s in rows %j: %s', async (code, where, ids, statement) => {
    expect(problems(await findingsOf([ACCOUNT, CONTACT], statement))).toContainEqual([
      'error',
      code,
      where,
      ids.length,
      ids,
    ]);
  });

  it.each(['ff41', '41c3', 'eda080', 'c080', 'f4908080', '80', 'e282', 'c3a9ff'])(
    'refuses the text of the bytes %s, which is not UTF-8',
    async (bytes) => {
      const statement = `UPDATE account SET name = CAST(x'${bytes}' AS TEXT) WHERE id = 'b'`;
      expect(problems(await findingsOf([ACCOUNT, CONTACT], statement))).toEqual([
        ['error', 'invalid_value', 'account.name', 1, ['b']],
      ]);
    },
  );

  it('refuses an id that is not UTF-8 without reading it, nor the end of a long text', async () => {
    const id = await database("UPDATE account SET id = CAST(x'e9' AS TEXT), vip = 7 WHERE id = 'b'");
    const { findings } = await service.planBaseline(id.driver, [ACCOUNT], { bundle });
    expect(findings.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'invalid_value', name: 'id', rows: 1, samples: [] },
    ]);
    const long = `UPDATE account SET code = CAST(replace(hex(zeroblob(3000)), '00', 'é') || x'c3' AS TEXT) WHERE id = 'a'`;
    expect(problems(await findingsOf([ACCOUNT, CONTACT], long))).toEqual([
      ['error', 'invalid_value', 'account.code', 1, ['a']],
    ]);
  });

  it('adopts every well-formed text as it is', async () => {
    const texts = [
      'é',
      '€',
      '𝄞',
      '\u{ffff}',
      '\u{fffe}',
      '\u{fffd}',
      '\u{10ffff}',
      '\u{80}',
      '\u{7ff}',
      '\ud7ff\ue000',
    ];
    const text = texts.join('').repeat(300);
    const found = await findingsOf([ACCOUNT, CONTACT], `UPDATE account SET code = '${text}' WHERE id = 'a'`);
    expect(problems(found)).toEqual([]);
  });

  it('warns of rows that violate rules for new values', async () => {
    const found = await findingsOf(
      [ACCOUNT, CONTACT],
      "UPDATE account SET name = 'Much too long' WHERE id = 'a'",
      "UPDATE account SET name = '' WHERE id = 'b'",
      'PRAGMA foreign_keys = OFF',
      "UPDATE contact SET account = 'gone'",
    );
    expect(problems(found)).toEqual([
      ['warning', 'rule_violation', 'account.name', 1, ['b']],
      ['warning', 'rule_violation', 'account.name', 1, ['a']],
      ['warning', 'missing_reference', 'contact', 1, []],
    ]);
  });

  it('corrects only timestamps whose meaning is certain', async () => {
    const times: [given: string, corrected?: string][] = [
      ["'2024-05-01 09:30:00.1236'", '2024-05-01T09:30:00.124Z'],
      ["'2024-05-01 09:30:00+02:00'", '2024-05-01T07:30:00.000Z'],
      ["'2024-05-01'", '2024-05-01T00:00:00.000Z'],
      ['1714555800', '2024-05-01T09:30:00.000Z'],
      ['1714555800123', '2024-05-01T09:30:00.123Z'],
      ['0', '1970-01-01T00:00:00.000Z'],
      ["'2024-02-30 00:00:00'"],
      ["'2024-05-01 24:00:00'"],
      ["'now'"],
      ["'12:30'"],
      ['2460431.9'],
      ['20240501'],
      ['2024'],
      ["x'3230'"],
    ];
    const rows = times.map(([given], at) => `('${at + 10}', ${given})`).join();
    const { client, driver } = await database(
      'CREATE TABLE event (id TEXT PRIMARY KEY, at DATETIME)',
      `INSERT INTO event VALUES ${rows}`,
    );
    const event = object('event', { at: { type: 'datetime' } });
    const read = async () => (await client.execute('SELECT quote(at) AS at FROM event ORDER BY id')).rows;
    const before = await read();
    const { findings } = await service.planBaseline(driver, [event], { bundle });
    for (const sql of findings.flatMap(({ fix = [] }) => fix)) await client.execute(sql);
    expect((await read()).map(({ at }) => at)).toEqual(
      times.map(([, corrected], at) => (corrected ? `'${corrected}'` : before[at]?.at)),
    );
  });

  it('writes nothing if a row changed after it was checked', async () => {
    const { client, driver } = await database();
    const changed = new Proxy(driver, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (key !== 'executeAtomic') return typeof value === 'function' ? value.bind(target) : value;
        return async (...[statements, options]: Parameters<typeof driver.executeAtomic>) => {
          if (options?.mode !== 'read') await client.execute('UPDATE account SET vip = 5');
          return driver.executeAtomic(statements, options);
        };
      },
    });
    await expect(service.applyBaseline(changed, [ACCOUNT], { bundle })).rejects.toMatchObject({
      code: 'plan_stale',
    });
    expect((await service.introspect(driver)).objects).toEqual([]);
  });
});

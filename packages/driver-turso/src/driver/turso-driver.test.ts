import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectStackError } from '@objectstack/spec/shared';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { connected, deploy, directClient, freshDatabase, object } from '../../test/database.js';
import { createTursoDriver } from './create-turso-driver.js';

const ACCOUNT = object('account', {
  name: { type: 'text', required: true },
  email: { type: 'email', unique: true },
});
const CONTACT = object('contact', {
  name: { type: 'text' },
  account: { type: 'lookup', reference: 'account', deleteBehavior: 'restrict' },
  owner: { type: 'lookup', reference: 'account', deleteBehavior: 'cascade' },
  referrer: { type: 'lookup', reference: 'account' },
});

const CALLS: [string, (driver: IDataDriver) => Promise<unknown>][] = [
  ['refresh', (driver) => driver.refresh()],
  ['execute', (driver) => driver.execute('SELECT 1')],
  ['executeAtomic', (driver) => driver.executeAtomic([{ sql: 'SELECT 1' }])],
  ['find', (driver) => driver.find('account')],
  ['findOne', (driver) => driver.findOne('account')],
  ['count', (driver) => driver.count('account')],
  ['create', (driver) => driver.create('account', { name: 'a' })],
  ['update', (driver) => driver.update('account', 'a', { name: 'a' })],
  ['upsert', (driver) => driver.upsert('account', { id: 'a', name: 'a' })],
  ['delete', (driver) => driver.delete('account', 'a')],
  ['bulkCreate', (driver) => driver.bulkCreate('account', [])],
  ['explain', (driver) => driver.explain('account')],
  [
    'findStream',
    async (driver) => {
      for await (const record of driver.findStream('account')) return record;
    },
  ],
  ['syncSchemasBatch', (driver) => driver.syncSchemasBatch([])],
  ['bulkUpdate', (driver) => driver.bulkUpdate('account', [])],
  ['bulkDelete', (driver) => driver.bulkDelete('account', [])],
  ['updateMany', (driver) => driver.updateMany('account', { where: {} }, {})],
  ['deleteMany', (driver) => driver.deleteMany('account', { where: {} })],
  ['beginTransaction', (driver) => driver.beginTransaction()],
  ['commit', (driver) => driver.commit({ id: 'x' })],
  ['syncSchema', (driver) => driver.syncSchema('account', ACCOUNT)],
];

describe('createTursoDriver', () => {
  it.each([
    [{ url: 'file:a.db', busyTimeoutMs: -1 }, 'configuration_invalid'],
    [{ url: '' }, 'configuration_invalid'],
    [{ url: 'file:a.db', color: 'red' }, 'configuration_invalid'],
    [{ url: 'libsql://user:secret@x.turso.io' }, 'configuration_invalid'],
    [{ url: 'libsql://x.turso.io?authToken=secret' }, 'configuration_invalid'],
    [{ url: 'libsql://x.turso.io', syncUrl: 'libsql://secret' }, 'not_supported'],
  ])('refuses %j without repeating it', (config, code) => {
    try {
      createTursoDriver(config as never);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code });
      expect(JSON.stringify(error)).not.toContain('secret');
    }
  });
});

describe('TursoDriver', () => {
  it('has the version of its package', () => {
    expect(createTursoDriver({ url: ':memory:' }).version).toBe(manifest.version);
  });

  it.each(CALLS)('rejects %s before connect and after disconnect', async (_name, call) => {
    const { url } = await freshDatabase([ACCOUNT]);
    const driver = createTursoDriver({ url });
    await expect(call(driver)).rejects.toMatchObject({ code: 'not_connected' });
    await driver.connect();
    await driver.disconnect();
    await expect(call(driver)).rejects.toMatchObject({ code: 'not_connected' });
  });

  it('connects and disconnects twice, and at once', async () => {
    const { url } = await freshDatabase([ACCOUNT]);
    const driver = createTursoDriver({ url });
    await driver.disconnect();
    await Promise.all([driver.connect(), driver.connect(), driver.connect()]);
    expect(await driver.count('account')).toBe(0);
    await Promise.all([driver.disconnect(), driver.disconnect()]);
    await driver.connect();
    expect(await driver.count('account')).toBe(0);
    await Promise.all([driver.connect(), driver.disconnect()]);
    await expect(driver.count('account')).rejects.toMatchObject({ code: 'not_connected' });
  });

  it('connects again if connect is called while it disconnects', async () => {
    const driver = createTursoDriver({ url: ':memory:' });
    await driver.connect();
    await driver.syncSchema('account', ACCOUNT);
    await Promise.all([driver.disconnect(), driver.connect()]);
    expect(await driver.checkHealth()).toBe(true);
    await expect(driver.count('account')).rejects.toMatchObject({ code: 'object_not_found' });
    await driver.disconnect();
  });

  it('tells whether the database answers', async () => {
    const path = join(await temporaryFolder(), 'a.db');
    const driver = createTursoDriver({ url: pathToFileURL(path).href }, { create: false });
    expect(await driver.checkHealth()).toBe(false);
    await expect(driver.connect()).rejects.toMatchObject({ code: 'database_not_found' });
    await writeFile(path, '');
    await driver.connect();
    onTestFinished(() => driver.disconnect());
    expect(await driver.checkHealth()).toBe(true);
  });

  it('creates a missing file when it connects, and never in the place of one that was there', async () => {
    const path = join(await temporaryFolder(), 'a.db');
    const driver = createTursoDriver({ url: pathToFileURL(path).href });
    expect(existsSync(path)).toBe(false);
    await driver.connect();
    onTestFinished(() => driver.disconnect());
    await driver.syncSchema('account', ACCOUNT);
    await rm(path);
    await expect(driver.find('account')).rejects.toMatchObject({ code: 'database_not_found' });
    await expect(driver.execute('SELECT 1')).rejects.toMatchObject({ code: 'database_not_found' });
    expect(existsSync(path)).toBe(false);
  });

  it.each([{ requireClaimed: true }, { expectedTenantId: 'tenant-1' }, { create: false }])(
    'creates no file with %j',
    async (options) => {
      const path = join(await temporaryFolder(), 'a.db');
      const driver = createTursoDriver({ url: pathToFileURL(path).href }, options);
      await expect(driver.connect()).rejects.toMatchObject({ code: 'database_not_found' });
      expect(existsSync(path)).toBe(false);
    },
  );

  it.each([
    [
      'its directory is missing',
      'none/a.db',
      'database_not_found',
      /directory of the database file does not exist/,
    ],
    ['its directory is a file', 'taken/a.db', 'configuration_invalid', /file where a directory is expected/],
    ['it is a folder', 'folder', 'database_invalid', /Check that it is a file/],
    ['its name is too long', 'x'.repeat(300), 'configuration_invalid', /too long/],
    ['it is a loop of links', 'loop', 'configuration_invalid', /loop of symbolic links/],
  ])('names the problem of a path if %s, and creates nothing', async (_, name, code, problem) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'taken'), 'text');
    await mkdir(join(folder, 'folder'));
    await symlink('loop', join(folder, 'loop'));
    const before = await readdir(folder, { recursive: true });
    const driver = createTursoDriver({ url: pathToFileURL(join(folder, name)).href });
    const error = await driver.connect().catch((reason: unknown) => reason as ObjectStackError);
    expect(error).toMatchObject({ code, message: expect.stringMatching(problem) });
    expect(JSON.stringify(error)).not.toContain(folder);
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });

  it("refuses a database that is not claimed when it must be a tenant's", async () => {
    const path = join(await temporaryFolder(), 'a.db');
    await writeFile(path, '');
    const driver = createTursoDriver({ url: pathToFileURL(path).href }, { requireClaimed: true });
    await expect(driver.connect()).rejects.toMatchObject({ code: 'database_invalid' });
  });

  it('stops before it does anything when the caller has given up', async () => {
    const { driver } = await freshDatabase([ACCOUNT]);
    const options = { signal: AbortSignal.abort() };
    const calls = [
      driver.find('account', {}, options),
      driver.create('account', { name: 'a' }, options),
      driver.upsert('account', { id: 'a', name: 'a' }, ['id'], options),
      driver.bulkCreate('account', [{ name: 'a' }], options),
      driver.updateMany('account', { where: {} }, { name: 'b' }, options),
      driver.execute('SELECT 1', [], options),
      driver.executeAtomic([{ sql: 'SELECT 1' }], options),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'aborted' });
    expect(await driver.count('account')).toBe(0);
  });

  it('stops a bulk write in the middle, and undoes it', async () => {
    const { driver } = await freshDatabase([ACCOUNT]);
    const controller = new AbortController();
    const items = [
      { name: 'a' },
      {
        get name() {
          controller.abort();
          return 'b';
        },
      },
      { name: 'c' },
    ];
    await expect(driver.bulkCreate('account', items, { signal: controller.signal })).rejects.toMatchObject({
      code: 'aborted',
    });
    expect(await driver.count('account')).toBe(0);
  });

  it('creates, reads, changes and deletes a record', async () => {
    const { driver, url } = await freshDatabase([ACCOUNT]);
    const made = await driver.create('account', { name: 'Acme' });
    expect(made).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      name: 'Acme',
      email: null,
      created_at: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
      updated_at: made.created_at,
    });
    expect(await driver.findOne('account', { where: { id: made.id } })).toEqual(made);
    const changed = await driver.update('account', made.id, { email: 'a@example.com' });
    expect(changed).toMatchObject({
      id: made.id,
      name: 'Acme',
      email: 'a@example.com',
      created_at: made.created_at,
    });
    const other = await connected({ url });
    expect(await other.find('account')).toEqual([changed]);
    expect(await other.delete('account', made.id)).toBe(true);
    expect(await other.delete('account', made.id)).toBe(false);
    expect(await driver.findOne('account', { where: { id: made.id } })).toBeNull();
  });

  it('says when there is no such record or object', async () => {
    const { driver } = await freshDatabase([ACCOUNT]);
    await expect(driver.update('account', 'none', { name: 'x' })).rejects.toMatchObject({
      code: 'record_not_found',
    });
    for (const name of ['nothing', 'constructor', '__proto__', '_os_object', 'sqlite_schema', ''])
      await expect(driver.find(name)).rejects.toMatchObject({ code: 'object_not_found' });
    await expect(driver.find(undefined as never)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('opens our own objects to system calls only', async () => {
    const { driver } = await freshDatabase([ACCOUNT]);
    expect(await driver.count('_os_object', {}, { system: true })).toBe(1);
    await expect(driver.create('_os_tenant', { format_version: 1 })).rejects.toMatchObject({
      code: 'object_not_found',
    });
    await expect(driver.find('_os_nothing', {}, { system: true })).rejects.toMatchObject({
      code: 'object_not_found',
    });
  });

  it('refuses a value that another record has, and names the field only', async () => {
    const { driver } = await freshDatabase([ACCOUNT]);
    await driver.create('account', { id: 'a', name: 'a', email: 'hidden@example.com' });
    const error = await driver
      .create('account', { name: 'b', email: 'hidden@example.com' })
      .catch((thrown) => thrown);
    expect(error).toMatchObject({
      code: 'unique_violation',
      details: { object: 'account', fields: ['email'] },
    });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('hidden');
    await expect(driver.create('account', { id: 'a', name: 'c' })).rejects.toMatchObject({
      code: 'unique_violation',
    });
    await driver.bulkCreate('account', [{ name: 'no email' }, { name: 'no email either' }]);
    expect(await driver.count('account')).toBe(3);
  });

  it('keeps references whole', async () => {
    const { driver } = await freshDatabase([ACCOUNT, CONTACT]);
    await expect(driver.create('contact', { account: 'none' })).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    for (const id of ['a', 'b', 'c']) await driver.create('account', { id, name: id });
    await driver.create('contact', { id: 'x', account: 'a', referrer: 'b' });
    await driver.create('contact', { id: 'y', owner: 'c' });
    await expect(driver.delete('account', 'a')).rejects.toMatchObject({ code: 'foreign_key_violation' });
    await expect(driver.bulkDelete('account', ['c', 'a'])).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    await expect(driver.deleteMany('account', { where: {} })).rejects.toMatchObject({
      code: 'foreign_key_violation',
    });
    expect(await driver.count('account')).toBe(3);
    await driver.delete('account', 'b');
    await driver.delete('account', 'c');
    expect(await driver.find('contact', { fields: ['referrer'] })).toEqual([{ id: 'x', referrer: null }]);
  });

  it('writes many or none', async () => {
    const { driver } = await freshDatabase([ACCOUNT]);
    const records = await driver.bulkCreate('account', [
      { id: 'a', name: 'a' },
      { id: 'b', name: 'b' },
    ]);
    expect(records.map(({ id }) => id)).toEqual(['a', 'b']);
    const failing = [
      () => driver.bulkCreate('account', [{ name: 'c' }, { id: 'a', name: 'd' }]),
      () =>
        driver.bulkUpdate('account', [
          { id: 'a', data: { name: 'changed' } },
          { id: 'none', data: { name: 'e' } },
        ]),
      () =>
        driver.bulkUpdate('account', [
          { id: 'a', data: { name: 'changed' } },
          { id: 'b', data: { name: '' } },
        ]),
    ];
    for (const call of failing) await expect(call()).rejects.toMatchObject({ name: 'ObjectStackError' });
    expect(await driver.find('account', { fields: ['name'] })).toEqual([
      { id: 'a', name: 'a' },
      { id: 'b', name: 'b' },
    ]);
    const updated = await driver.bulkUpdate('account', [{ id: 'b', data: { name: 'B' } }]);
    expect(updated).toMatchObject([{ id: 'b', name: 'B' }]);
    await driver.bulkDelete('account', ['none', 'a']);
    expect(await driver.find('account', { fields: ['name'] })).toEqual([{ id: 'b', name: 'B' }]);
    expect(await driver.bulkCreate('account', [])).toEqual([]);
  });

  it('changes and deletes what matches, and counts it', async () => {
    const { driver } = await freshDatabase([ACCOUNT]);
    await driver.bulkCreate(
      'account',
      ['a', 'b', 'c'].map((name) => ({ name })),
    );
    expect(await driver.updateMany('account', { where: { name: { $gt: 'a' } } }, { name: 'z' })).toBe(2);
    expect(await driver.deleteMany('account', { where: { name: 'z' } })).toBe(2);
    expect(await driver.count('account')).toBe(1);
    const many = [
      driver.updateMany('account', {} as never, { name: 'x' }),
      driver.deleteMany('account', {} as never),
    ];
    for (const call of many) await expect(call).rejects.toMatchObject({ code: 'invalid_filter' });
    const limited = [
      driver.updateMany('account', { where: {}, limit: 1 } as never, { name: 'x' }),
      driver.deleteMany('account', { where: {}, limit: 1 } as never),
      driver.count('account', { limit: 1 } as never),
    ];
    for (const call of limited) await expect(call).rejects.toMatchObject({ code: 'invalid_query' });
    expect(await driver.find('account', { fields: ['name'] })).toMatchObject([{ name: 'a' }]);
  });

  it('writes 5,000 records in one call', async () => {
    const { driver } = await freshDatabase([ACCOUNT]);
    await driver.bulkCreate(
      'account',
      Array.from({ length: 5_000 }, (_, index) => ({ name: `n${index}` })),
    );
    expect(await driver.count('account')).toBe(5_000);
  });

  it('runs plain SQL, one statement at a time', async () => {
    const { driver } = await freshDatabase([ACCOUNT]);
    await driver.create('account', { name: 'a' });
    expect((await driver.execute('SELECT name FROM account WHERE name = ?', ['a'])).rows).toEqual([
      { name: 'a' },
    ]);
    await expect(driver.execute('DELETE FROM account; SELECT 1')).rejects.toMatchObject({
      code: 'sql_error',
    });
    for (const sql of ['PRAGMA foreign_keys = OFF', "ATTACH 'x.db' AS x", 'BEGIN'])
      await expect(driver.execute(sql)).rejects.toMatchObject({ code: 'not_allowed' });
    await expect(driver.executeAtomic([{ sql: 'SELECT 1' }, { sql: 'nonsense' }])).rejects.toMatchObject({
      code: 'sql_error',
      details: { statementIndex: 1 },
    });
    await expect(driver.executeAtomic([{ sql: 'SELECT 1' }, { sql: 'COMMIT' }])).rejects.toMatchObject({
      code: 'not_allowed',
      details: { statementIndex: 1 },
    });
    expect(await driver.executeAtomic([])).toEqual([]);
    expect(await driver.count('account')).toBe(1);
  });

  it('hides nothing behind a value in a message', async () => {
    const { driver, path } = await freshDatabase([ACCOUNT]);
    const client = directClient(path);
    await client.execute(`UPDATE _os_object SET definition = '{"secret' WHERE id = 'account'`);
    await driver.refresh();
    const error = await driver.find('account').catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'database_invalid' });
    expect(`${error.stack} ${error.cause}`).not.toContain('secret');
  });

  it('deploys an object additively, also when several do so at once', async () => {
    const { driver, url } = await freshDatabase();
    await driver.syncSchema('account', ACCOUNT);
    await driver.syncSchema('account', ACCOUNT);
    const others = await Promise.all([connected({ url }), connected({ url })]);
    const wider = object('account', { ...ACCOUNT.fields, phone: { type: 'phone' } });
    await Promise.all([
      driver.syncSchema('account', wider),
      ...others.map((other, index) =>
        other.syncSchema(`extra_${index}`, object(`extra_${index}`, { a: { type: 'text' } })),
      ),
    ]);
    expect(await driver.create('account', { name: 'a', phone: '1' })).toMatchObject({ phone: '1' });
    expect(await driver.count('extra_0')).toBe(0);
    expect(await driver.count('extra_1')).toBe(0);
    await expect(
      driver.syncSchema('account', object('account', { name: { type: 'text' } })),
    ).rejects.toMatchObject({
      code: 'destructive_not_allowed',
    });
    await expect(driver.syncSchema('other', ACCOUNT)).rejects.toMatchObject({ code: 'invalid_request' });
    const due = { type: 'date', defaultValue: '2026-01-31T00:00:00Z' };
    await expect(driver.syncSchema('task', object('task', { due }))).rejects.toMatchObject({
      code: 'invalid_request',
      details: { issues: [{ path: '/fields/due/defaultValue', code: 'invalid_default' }] },
    });
    await expect(driver.syncSchema('account', {} as never)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });

  it('detects a deployment regardless of which of its calls detects it first', async () => {
    const { driver, url } = await freshDatabase([ACCOUNT]);
    const other = await connected({ url });
    for (let round = 0; round < 5; round++) {
      const name = `extra_${round}`;
      await other.syncSchema(name, object(name, { title: { type: 'text' } }));
      const calls = Array.from({ length: 30 }, async (_, index) => {
        for (let turn = 0; turn < index % 15; turn++) await driver.count('account');
        return driver.count(name);
      });
      expect(new Set(await Promise.all(calls))).toEqual(new Set([0]));
    }
  });

  it('notices at once, when something unknown is asked for, that another driver has deployed', async () => {
    const { driver, url } = await freshDatabase([ACCOUNT]);
    const other = await connected({ url });
    const wider = object('account', { ...ACCOUNT.fields, phone: { type: 'phone' } });
    await deploy(other, [wider, CONTACT]);
    expect(await driver.count('contact')).toBe(0);
    await deploy(other, [object('account', { ...wider.fields, city: { type: 'text' } }), CONTACT]);
    expect(await driver.upsert('account', { name: 'a', city: 'x' }, ['name'])).toMatchObject({ city: 'x' });
    await deploy(other, [
      object('account', { ...wider.fields, city: { type: 'text' }, zip: { type: 'text' } }),
      CONTACT,
    ]);
    expect(await driver.bulkCreate('account', [{ name: 'b', zip: '1' }])).toMatchObject([{ zip: '1' }]);
    expect(await driver.find('account', { where: { zip: '1' }, orderBy: [{ field: 'zip' }] })).toHaveLength(
      1,
    );
  });
});

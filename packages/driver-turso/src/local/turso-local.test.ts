import { cp, link, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runTogether } from '../../test/children.js';
import { deploy, directClient, object } from '../../test/database.js';
import { collectClosedClients } from '../connection/collect-closed-clients.js';
import { tursoLocal } from './turso-local.js';

async function open() {
  const dir = await temporaryFolder();
  const plane = tursoLocal({ dir });
  onTestFinished(() => plane.close());
  return { dir, plane, platform: plane.platform };
}

async function created(name = 't-one') {
  const context = await open();
  const { url } = await context.platform.createDatabase({ name });
  const path = join(context.dir, 'tenants', `${name}.db`);
  return { ...context, name, url, connection: { url, databaseName: name }, path };
}

describe('createLocalPlatform', () => {
  it('creates a database once', async () => {
    const { platform, name, url } = await created();
    const info = { name, dbId: name, url, blockReads: false, blockWrites: false };
    expect(await platform.getDatabase(name)).toEqual(info);
    expect(await platform.listDatabases()).toEqual([info]);
    await expect(platform.createDatabase({ name })).rejects.toMatchObject({ code: 'database_exists' });
    expect(await platform.getDatabase('t-other')).toBeNull();
  });

  it('lists no databases in a new data directory', async () => {
    const { platform } = await open();
    expect(await platform.listDatabases()).toEqual([]);
  });

  it.each(['', '..', '../a', 'a/b', 'A', 'a.b', 'ä', '-a', 'a\0', 'a'.repeat(64), 'a b'])(
    'rejects the name %j',
    async (name) => {
      const { platform, dir } = await open();
      const calls = [
        platform.createDatabase({ name }),
        platform.deleteDatabase(name),
        platform.purgeDatabase(name),
        platform.getDatabase(name),
        platform.getDatabaseUsage(name),
      ];
      for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'invalid_request' });
      expect((await readdir(dir)).filter((file) => !file.startsWith('control'))).toEqual([]);
    },
  );

  it('moves a deleted database with its log to quarantine, and deletes it permanently when it is purged', async () => {
    const { plane, platform, dir, name, connection, path } = await created();
    await plane.claimDatabase(connection, 'tenant-1');
    const driver = plane.createDriver(connection);
    await driver.connect();
    await directClient(path).execute('CREATE TABLE kept (a TEXT)');
    await platform.deleteDatabase(name);
    await platform.deleteDatabase(name);
    expect(await readdir(join(dir, 'tenants'))).toEqual([]);
    expect(await platform.getDatabase(name)).toBeNull();
    await expect(driver.execute('SELECT 1')).rejects.toMatchObject({ code: 'database_not_found' });
    expect(await driver.checkHealth()).toBe(false);
    const kept = await directClient(join(dir, 'quarantine', `${name}.db`)).execute(
      `SELECT name FROM sqlite_schema WHERE name IN ('kept', '_os_tenant')`,
    );
    expect(kept.rows).toHaveLength(2);
    await expect(platform.createDatabase({ name })).rejects.toMatchObject({ code: 'database_exists' });
    await platform.purgeDatabase(name);
    await platform.purgeDatabase(name);
    expect(await readdir(join(dir, 'quarantine'))).toEqual([]);
  });

  it('moves a log that another process left behind', async () => {
    const { platform, dir, name, path } = await created();
    for (const suffix of ['-wal', '-shm']) await writeFile(path + suffix, 'left');
    await platform.deleteDatabase(name);
    expect((await readdir(join(dir, 'quarantine'))).sort()).toEqual([
      't-one.db',
      't-one.db-shm',
      't-one.db-wal',
    ]);
  });

  it('completes a deletion that was interrupted between two files', async () => {
    const { platform, dir, name } = await created();
    await mkdir(join(dir, 'quarantine'));
    await writeFile(join(dir, 'quarantine', 't-one.db-wal'), '');
    await platform.deleteDatabase(name);
    expect((await readdir(join(dir, 'quarantine'))).sort()).toEqual(['t-one.db', 't-one.db-wal']);
  });

  it('reports the size of the file and its log', async () => {
    const { plane, platform, name, connection } = await created();
    expect(await platform.getDatabaseUsage(name)).toEqual({
      rowsRead: null,
      rowsWritten: null,
      storageBytes: 4_096,
    });
    await plane.claimDatabase(connection, 'tenant-1');
    expect((await platform.getDatabaseUsage(name)).storageBytes).toBeGreaterThan(4_096);
    await expect(platform.getDatabaseUsage('t-none')).rejects.toMatchObject({ code: 'database_not_found' });
  });

  it('rejects operations that local files do not support', async () => {
    const { platform } = await open();
    const calls: [Promise<unknown>, string][] = [
      [platform.createToken('t-one', 'full-access'), 'database_token'],
      [platform.revokeToken('t-one'), 'database_token'],
    ];
    for (const [call, feature] of calls)
      await expect(call).rejects.toMatchObject({ code: 'not_supported', details: { feature } });
    expect(await platform.listDatabases()).toEqual([]);
  });

  it('applies limits in a directory that was copied', async () => {
    const { plane, platform, dir, name, connection } = await created();
    await plane.claimDatabase(connection, 'tenant-1');
    await platform.setDatabaseAccess(name, { blockReads: false, blockWrites: true });
    const copy = join(await temporaryFolder(), 'copy');
    await plane.close();
    await copyFolder(dir, copy);
    const moved = tursoLocal({ dir: copy });
    onTestFinished(() => moved.close());
    const driver = moved.createDriver(connection);
    await driver.connect();
    const blocked = { code: 'database_blocked', details: { reason: 'writes_blocked' } };
    await expect(driver.execute('CREATE TABLE note (a TEXT)')).rejects.toMatchObject(blocked);
  });

  it('moves the limits with a deleted database, and a new database has none', async () => {
    const { plane, platform, dir, name, connection } = await created();
    await platform.setDatabaseAccess(name, { blockReads: true, blockWrites: true });
    await platform.deleteDatabase(name);
    expect((await readdir(join(dir, 'quarantine'))).sort()).toEqual(['t-one.db', 't-one.db-limits']);
    await platform.purgeDatabase(name);
    expect(await readdir(join(dir, 'quarantine'))).toEqual([]);
    await writeFile(join(dir, 'tenants', 't-one.db-limits'), '{"blockReads":true,"blockWrites":true}');
    await platform.createDatabase({ name });
    await plane.claimDatabase(connection, 'tenant-1');
    await plane.createDriver(connection).connect();
  });

  it('refuses a database whose limits are damaged until its access is set', async () => {
    const { plane, platform, dir, name, connection } = await created();
    await plane.claimDatabase(connection, 'tenant-1');
    await writeFile(join(dir, 'tenants', 't-one.db-limits'), '{"blockReads":');
    const damaged = { code: 'database_invalid', details: { reason: 'limits_damaged' } };
    const driver = plane.createDriver(connection);
    await expect(driver.connect()).rejects.toMatchObject(damaged);
    await expect(platform.setSizeLimit(name, 1_000_000)).rejects.toMatchObject(damaged);
    await platform.setDatabaseAccess(name, { blockReads: false, blockWrites: false });
    await driver.connect();
  });

  it('lets the platform itself read a blocked database', async () => {
    const { plane, platform, name, connection } = await created();
    await plane.claimDatabase(connection, 'tenant-1');
    await platform.setDatabaseAccess(name, { blockReads: true, blockWrites: true });
    expect(await plane.readTenantMarker(connection)).toMatchObject({ tenantId: 'tenant-1' });
    await expect(plane.createDriver(connection).connect()).rejects.toMatchObject({
      code: 'database_blocked',
      details: { reason: 'reads_blocked' },
    });
  });

  it('does nothing when the caller has aborted', async () => {
    const { platform, name } = await created();
    const options = { signal: AbortSignal.abort() };
    const calls = [
      platform.createDatabase({ name: 't-two' }, options),
      platform.deleteDatabase(name, options),
      platform.purgeDatabase(name, options),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'aborted' });
    expect(await platform.listDatabases()).toHaveLength(1);
  });
});

/** SQLite may delete the log of a closed connection while the folder is copied. */
const copyFolder = (from: string, to: string) =>
  cp(from, to, { recursive: true }).catch(() => cp(from, to, { recursive: true }));

describe('tursoLocal', () => {
  it('claims a database for one tenant, also repeatedly', async () => {
    const { plane, connection } = await created();
    await plane.claimDatabase(connection, 'tenant-1');
    await plane.claimDatabase(connection, 'tenant-1');
    await expect(plane.claimDatabase(connection, 'tenant-2')).rejects.toMatchObject({
      code: 'database_collision',
    });
    const driver = plane.createDriver(connection);
    await driver.connect();
    onTestFinished(() => driver.disconnect());
    expect(await driver.find('_os_tenant', { fields: ['format_version'] }, { system: true })).toEqual([
      { id: 'tenant-1', format_version: 1 },
    ]);
  });

  it.each([
    'CREATE TABLE anything (a TEXT)',
    'CREATE TABLE _os_tenant (a TEXT)',
    'CREATE TABLE _os_tenant (id TEXT)',
    'CREATE VIEW _os_tenant AS SELECT 1',
  ])('does not claim a database that holds %s', async (sql) => {
    const { plane, connection, path } = await created();
    await directClient(path).execute(sql);
    await expect(plane.claimDatabase(connection, 'tenant-1')).rejects.toMatchObject({
      code: 'database_collision',
    });
    const { rows } = await directClient(path).execute('SELECT count(*) AS n FROM sqlite_schema');
    expect(rows[0]?.n).toBe(1);
  });

  it('does not claim a missing file or a file that is not a database', async () => {
    const { plane, connection, path } = await created();
    await writeFile(path, 'garbage '.repeat(1_000));
    await expect(plane.claimDatabase(connection, 'tenant-1')).rejects.toMatchObject({
      code: 'database_invalid',
    });
    const missing = { url: 'file:tenants/none.db', databaseName: 'none' };
    await expect(plane.claimDatabase(missing, 'tenant-1')).rejects.toMatchObject({
      code: 'database_not_found',
    });
    for (const url of ['libsql://x.turso.io', 'file:tenants/y.db']) {
      const other = { url, databaseName: 'x' };
      await expect(plane.claimDatabase(other, 'tenant-1')).rejects.toMatchObject({
        code: 'configuration_invalid',
      });
      expect(() => plane.createDriver(other)).toThrow(
        expect.objectContaining({ code: 'configuration_invalid' }),
      );
    }
  });

  it('lets one of two tenants succeed that claim concurrently in two processes', async () => {
    const { dir, url } = await created();
    const claim = (tenantId: string) => ({ kind: 'claim', dir, url, tenantId }) as const;
    const rivals = await runTogether([claim('tenant-1'), claim('tenant-2')]);
    expect(rivals).toEqual(expect.arrayContaining([{ value: null }, { code: 'database_collision' }]));
    const same = await runTogether([claim(rivals[0] && 'value' in rivals[0] ? 'tenant-1' : 'tenant-2')]);
    expect(same).toEqual([{ value: null }]);
  });

  it('connects drivers only to claimed databases', async () => {
    const { plane, connection } = await created();
    const driver = plane.createDriver(connection);
    await expect(driver.connect()).rejects.toMatchObject({ code: 'database_invalid' });
    await plane.claimDatabase(connection, 'tenant-1');
    await driver.connect();
    await deploy(driver, [object('account', { name: { type: 'text' } })]);
    expect(await driver.create('account', { name: 'a' })).toMatchObject({ name: 'a' });
  });

  it('can be reused after it was closed, and can be closed twice', async () => {
    const { plane, connection } = await created();
    await plane.claimDatabase(connection, 'tenant-1');
    await plane.close();
    await plane.close();
    await plane.claimDatabase(connection, 'tenant-1');
    const { controlDatabase } = plane.defaults;
    await controlDatabase.execute({ sql: 'CREATE TABLE note (a TEXT)' });
    const transaction = await controlDatabase.begin();
    await transaction.execute({ sql: 'INSERT INTO note VALUES (?)', args: ['x'] });
    await transaction.commit();
    expect((await controlDatabase.execute({ sql: 'SELECT a FROM note' })).rows).toEqual([{ a: 'x' }]);
  });

  it('keeps the access that was set for a database while other calls try to create it', async () => {
    const { platform } = tursoLocal({ dir: await temporaryFolder() });
    const calls = Array.from({ length: 8 }, async () => {
      const { name } = await platform.createDatabase({ name: 't-one' });
      await platform.setDatabaseAccess(name, { blockReads: true, blockWrites: true });
    });
    const results = await Promise.allSettled(calls);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await platform.getDatabase('t-one')).toMatchObject({ blockReads: true, blockWrites: true });
  });

  it('finds a database by its name after the directory was moved, regardless of the directory in the URL', async () => {
    const { plane, dir, connection } = await created();
    await plane.claimDatabase(connection, 'tenant-1');
    await plane.close();
    const copy = join(await temporaryFolder(), 'copy');
    await copyFolder(dir, copy);
    const moved = tursoLocal({ dir: copy });
    onTestFinished(() => moved.close());
    const earlier = { url: `file://${dir}/tenants/t-one.db`, databaseName: 't-one', tenantId: 'tenant-1' };
    const driver = moved.createDriver(earlier);
    await driver.connect();
    await driver.execute('CREATE TABLE in_the_copy (a TEXT)');
    const { rows } = await directClient(join(dir, 'tenants', 't-one.db')).execute(
      `SELECT 1 FROM sqlite_schema WHERE name = 'in_the_copy'`,
    );
    expect(rows).toEqual([]);
  });

  describe('with an expected tenant', () => {
    async function twoTenants() {
      const one = await created();
      const { url } = await one.platform.createDatabase({ name: 't-two' });
      const two = { url, databaseName: 't-two', tenantId: 'tenant-2' };
      const connection = { ...one.connection, tenantId: 'tenant-1' };
      await one.plane.claimDatabase(connection, 'tenant-1');
      await one.plane.claimDatabase(two, 'tenant-2');
      return { ...one, connection, other: join(one.dir, 'tenants', 't-two.db') };
    }
    const refusal = { code: 'database_invalid', details: { expectedTenantId: 'tenant-1' } };

    it('rejects the database of another tenant, and names the expected tenant but no path', async () => {
      const { plane, dir, connection, path, other } = await twoTenants();
      await plane.close();
      await cp(other, path);
      const error = await plane
        .createDriver(connection)
        .connect()
        .catch((reason) => reason);
      expect(error).toMatchObject(refusal);
      expect(JSON.stringify(error)).not.toMatch(new RegExp(`tenant-2|${dir}`));
    });

    it('checks the marker again when the file was replaced under an open driver', async () => {
      const { plane, connection, path, other } = await twoTenants();
      const driver = plane.createDriver(connection);
      await driver.connect();
      await plane.close();
      await driver.execute('SELECT 1');
      await rm(`${path}-wal`);
      await rename(other, path);
      await expect(driver.execute('SELECT 1')).rejects.toMatchObject(refusal);
      await expect(driver.beginTransaction()).rejects.toMatchObject(refusal);
      expect(await driver.checkHealth()).toBe(false);
    });

    it('rejects a file that was put next to the log of the previous one', async () => {
      const { plane, connection, path, other } = await twoTenants();
      const driver = plane.createDriver(connection);
      await driver.connect();
      await driver.execute('CREATE TABLE in_the_log (a TEXT)');
      await rename(other, path);
      for (let attempt = 0; attempt < 2; attempt++)
        await expect(driver.execute('SELECT 1')).rejects.toMatchObject({
          code: 'database_invalid',
          details: { reason: 'file_replaced' },
        });
    });

    it.each(['', '-wal', '-shm'])('rejects a symbolic link in place of the file%s', async (suffix) => {
      const { plane, platform, connection, path, other } = await twoTenants();
      await plane.close();
      await collectClosedClients();
      const target = `${other}.target`;
      await writeFile(target, '');
      await rm(path + suffix, { force: true });
      await symlink(suffix === '' ? other : target, path + suffix);
      const refused = { code: 'database_invalid', details: { reason: 'symbolic_link' } };
      await expect(plane.createDriver(connection).connect()).rejects.toMatchObject(refused);
      await expect(plane.claimDatabase(connection, 'tenant-1')).rejects.toMatchObject(refused);
      await expect(platform.getDatabase('t-one')).rejects.toMatchObject(refused);
      expect(await readFile(target, 'utf8')).toBe('');
    });

    it("accepts only hard links to the tenant's own file", async () => {
      const { plane, connection, path, other } = await twoTenants();
      await plane.close();
      await rm(path);
      await link(other, path);
      await expect(plane.createDriver(connection).connect()).rejects.toMatchObject(refusal);
    });

    it('reads the marker of a database', async () => {
      const { plane, platform, connection } = await twoTenants();
      expect(await plane.readTenantMarker(connection)).toMatchObject({ tenantId: 'tenant-1' });
      const { url } = await platform.createDatabase({ name: 't-new' });
      expect(await plane.readTenantMarker({ url, databaseName: 't-new' })).toBeNull();
    });
  });

  it('detects a lost registry, unless it may create a new one', async () => {
    const { plane, dir } = await created();
    await plane.close();
    const check = (settings = {}) => tursoLocal({ dir, ...settings }).defaults.assertControlDatabase?.();
    const refused = { code: 'database_not_found', details: { databaseCount: 1, databaseNames: ['t-one'] } };
    await expect(check()).rejects.toMatchObject(refused);
    await writeFile(join(dir, 'control.db'), '');
    await expect(check()).rejects.toMatchObject(refused);
    await check({ createMissingRegistry: true });
    await rm(join(dir, 'tenants'), { recursive: true });
    await check();
  });

  it.each([
    [undefined],
    [null],
    ['data'],
    [{}],
    [{ dir: '' }],
    [{ dir: 7 }],
    [{ dir: 'a\0b' }],
    [{ dir: 'x', durability: 'fast' }],
    [{ dir: 'x', createMissingRegistry: 'yes' }],
  ])('rejects the options %j', (options) => {
    expect(() => tursoLocal(options as never)).toThrow(
      expect.objectContaining({ code: 'configuration_invalid' }),
    );
  });

  it('reports why a path cannot be a data directory, without the path', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    for (const dir of [join(folder, 'file'), join(folder, 'file', 'data'), '/proc/none']) {
      const error = (() => {
        try {
          return tursoLocal({ dir });
        } catch (reason) {
          return reason as Error;
        }
      })();
      expect(error).toMatchObject({ code: 'configuration_invalid' });
      expect(JSON.stringify(error)).not.toContain(dir);
    }
    await writeFile(join(folder, 'tenants'), '');
    const plane = tursoLocal({ dir: folder });
    onTestFinished(() => plane.close());
    for (const call of [
      () => plane.platform.createDatabase({ name: 'a' }),
      () => plane.platform.listDatabases(),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'configuration_invalid' });
  });
});

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runTogether } from '../../test/children.js';
import { deploy, object, stranger } from '../../test/database.js';
import { temporaryFolder } from '../../test/temporary-folder.js';
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
  return { ...context, name, url, connection: { url, databaseName: name }, path: fileURLToPath(url) };
}

describe('createLocalPlatform', () => {
  it('creates a database once', async () => {
    const { platform, name, url } = await created();
    expect(await platform.getDatabase(name)).toEqual({ name, dbId: name, url });
    expect(await platform.listDatabases()).toEqual([{ name, dbId: name, url }]);
    await expect(platform.createDatabase({ name })).rejects.toMatchObject({ code: 'database_exists' });
    expect(await platform.getDatabase('t-other')).toBeNull();
  });

  it('lists nothing before there is anything', async () => {
    const { platform } = await open();
    expect(await platform.listDatabases()).toEqual([]);
  });

  it.each(['', '..', '../a', 'a/b', 'A', 'a.b', 'ä', '-a', 'a\0', 'a'.repeat(64), 'a b'])(
    'refuses the name %j',
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

  it('moves a deleted database to quarantine, with its log, and deletes it for good when told to', async () => {
    const { plane, platform, dir, name, connection, path } = await created();
    await plane.claimDatabase(connection, 'tenant-1');
    const driver = plane.createDriver(connection);
    await driver.connect();
    await stranger(path).execute('CREATE TABLE kept (a TEXT)');
    await platform.deleteDatabase(name);
    await platform.deleteDatabase(name);
    expect(await readdir(join(dir, 'tenants'))).toEqual([]);
    expect(await platform.getDatabase(name)).toBeNull();
    await expect(driver.execute('SELECT 1')).rejects.toMatchObject({ code: 'database_not_found' });
    expect(await driver.checkHealth()).toBe(false);
    const kept = await stranger(join(dir, 'quarantine', `${name}.db`)).execute(
      `SELECT name FROM sqlite_schema WHERE name IN ('kept', '_os_tenant')`,
    );
    expect(kept.rows).toHaveLength(2);
    await expect(platform.createDatabase({ name })).rejects.toMatchObject({ code: 'database_exists' });
    await platform.purgeDatabase(name);
    await platform.purgeDatabase(name);
    expect(await readdir(join(dir, 'quarantine'))).toEqual([]);
  });

  it('takes a log along that another process left', async () => {
    const { platform, dir, name, path } = await created();
    for (const suffix of ['-wal', '-shm']) await writeFile(path + suffix, 'left');
    await platform.deleteDatabase(name);
    expect((await readdir(join(dir, 'quarantine'))).sort()).toEqual([
      't-one.db',
      't-one.db-shm',
      't-one.db-wal',
    ]);
  });

  it('finishes a deletion that was interrupted between two files', async () => {
    const { platform, dir, name } = await created();
    await mkdir(join(dir, 'quarantine'));
    await writeFile(join(dir, 'quarantine', 't-one.db-wal'), '');
    await platform.deleteDatabase(name);
    expect((await readdir(join(dir, 'quarantine'))).sort()).toEqual(['t-one.db', 't-one.db-wal']);
  });

  it('counts the bytes of the file and its log', async () => {
    const { plane, platform, name, connection } = await created();
    expect(await platform.getDatabaseUsage(name)).toEqual({
      rowsRead: null,
      rowsWritten: null,
      storageBytes: 0,
    });
    await plane.claimDatabase(connection, 'tenant-1');
    expect((await platform.getDatabaseUsage(name)).storageBytes).toBeGreaterThan(4_096);
    await expect(platform.getDatabaseUsage('t-none')).rejects.toMatchObject({ code: 'database_not_found' });
  });

  it('refuses what local files do not have', async () => {
    const { platform } = await open();
    const calls: [Promise<unknown>, string][] = [
      [platform.createToken('t-one', 'full-access'), 'database_token'],
      [platform.revokeToken('t-one'), 'database_token'],
      [platform.setDatabaseAccess('t-one', { blockReads: true, blockWrites: true }), 'database_access'],
      [platform.createDatabase({ name: 't-one', seed: { type: 'database', name: 'x' } }), 'database_seed'],
    ];
    for (const [call, feature] of calls)
      await expect(call).rejects.toMatchObject({ code: 'not_supported', details: { feature } });
    expect(await platform.listDatabases()).toEqual([]);
  });

  it('does nothing when the caller has given up', async () => {
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

describe('tursoLocal', () => {
  it('claims a database for one tenant, as often as it is asked', async () => {
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
    await stranger(path).execute(sql);
    await expect(plane.claimDatabase(connection, 'tenant-1')).rejects.toMatchObject({
      code: 'database_collision',
    });
    const { rows } = await stranger(path).execute('SELECT count(*) AS n FROM sqlite_schema');
    expect(rows[0]?.n).toBe(1);
  });

  it('does not claim what is no database, or is not there', async () => {
    const { plane, connection, path, dir } = await created();
    await writeFile(path, 'garbage '.repeat(1_000));
    await expect(plane.claimDatabase(connection, 'tenant-1')).rejects.toMatchObject({
      code: 'database_invalid',
    });
    const missing = { url: `file://${dir}/tenants/none.db`, databaseName: 'none' };
    await expect(plane.claimDatabase(missing, 'tenant-1')).rejects.toMatchObject({
      code: 'database_not_found',
    });
    const remote = { url: 'libsql://x.turso.io', databaseName: 'x' };
    await expect(plane.claimDatabase(remote, 'tenant-1')).rejects.toMatchObject({
      code: 'configuration_invalid',
    });
    expect(() => plane.createDriver(remote)).toThrow(
      expect.objectContaining({ code: 'configuration_invalid' }),
    );
  });

  it('lets one of two tenants win that claim at once from two processes', async () => {
    const { dir, url } = await created();
    const claim = (tenantId: string) => ({ kind: 'claim', dir, url, tenantId }) as const;
    const rivals = await runTogether([claim('tenant-1'), claim('tenant-2')]);
    expect(rivals).toEqual(expect.arrayContaining([{ value: null }, { code: 'database_collision' }]));
    const same = await runTogether([claim(rivals[0] && 'value' in rivals[0] ? 'tenant-1' : 'tenant-2')]);
    expect(same).toEqual([{ value: null }]);
  }, 60_000);

  it('gives drivers only on databases that were claimed', async () => {
    const { plane, connection } = await created();
    const driver = plane.createDriver(connection);
    await expect(driver.connect()).rejects.toMatchObject({ code: 'database_invalid' });
    await plane.claimDatabase(connection, 'tenant-1');
    await driver.connect();
    await deploy(driver, [object('account', { name: { type: 'text' } })]);
    expect(await driver.create('account', { name: 'a' })).toMatchObject({ name: 'a' });
  });

  it('can be used again after it was closed, and closed twice', async () => {
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
});

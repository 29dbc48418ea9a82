import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { directClient } from '../../test/database.js';
import { importDatabaseFile } from './import-database-file.js';
import { tursoLocal } from './turso-local.js';

const SHOP = { databaseName: 'shop', url: 'file:tenants/shop.db' };

async function folderWithFile(mode: 'delete' | 'wal') {
  const root = await temporaryFolder();
  const file = join(root, 'shop.db');
  const client = directClient(file);
  await client.execute(`PRAGMA journal_mode = ${mode}`);
  await client.execute('CREATE TABLE note (id TEXT NOT NULL PRIMARY KEY, text TEXT)');
  await client.execute("INSERT INTO note VALUES ('a', 'one'), ('b', 'two'), ('c', 'three')");
  await client.execute("DELETE FROM note WHERE id = 'a'");
  const dir = join(root, 'data');
  const plane = tursoLocal({ dir });
  onTestFinished(() => plane.close());
  return { dir, file, client, plane, request: { dir, file, databaseName: 'shop' } };
}

const rowsOf = async (path: string) =>
  (await directClient(path).execute('SELECT rowid, id, text FROM note')).rows.map((row) =>
    Object.values(row),
  );

describe('importDatabaseFile', () => {
  it.each(['delete', 'wal'] as const)(
    'copies the rows with their row ids, and leaves a file in mode %s as it is',
    async (mode) => {
      const { dir, file, client, request } = await folderWithFile(mode);
      const before = [await readFile(file), (await stat(file)).mtimeMs];
      await importDatabaseFile(request);
      expect([await readFile(file), (await stat(file)).mtimeMs]).toEqual(before);
      expect((await client.execute('PRAGMA journal_mode')).rows[0]?.journal_mode).toBe(mode);
      expect(await rowsOf(join(dir, 'tenants/shop.db'))).toEqual([
        [2, 'b', 'two'],
        [3, 'c', 'three'],
      ]);
      expect(await readdir(join(dir, 'tenants'))).not.toContainEqual(expect.stringContaining('.tmp'));
    },
  );

  it('replaces a copy that was not adopted, and discards it', async () => {
    const { dir, client, request } = await folderWithFile('delete');
    await importDatabaseFile(request);
    await client.execute("UPDATE note SET text = 'new' WHERE id = 'b'");
    const imported = await importDatabaseFile(request);
    expect(await rowsOf(join(dir, 'tenants/shop.db'))).toContainEqual([2, 'b', 'new']);
    await imported.discard();
    expect(existsSync(join(dir, 'tenants/shop.db'))).toBe(false);
  });

  it('keeps a copy that was adopted, with what was written to it since', async () => {
    const { dir, client, plane, request } = await folderWithFile('delete');
    await importDatabaseFile(request);
    await plane.claimDatabase(SHOP, 'tenant-1', { adopts: true });
    await client.execute("UPDATE note SET text = 'new' WHERE id = 'b'");
    const imported = await importDatabaseFile(request);
    await imported.discard();
    expect(await rowsOf(join(dir, 'tenants/shop.db'))).toContainEqual([2, 'b', 'two']);
    expect(await plane.readTenantMarker(SHOP)).toMatchObject({ tenantId: 'tenant-1' });
  });

  it('replaces a copy that was claimed by an adoption that failed, unless its tenant is registered', async () => {
    const { dir, client, plane, request } = await folderWithFile('delete');
    await importDatabaseFile(request);
    await plane.claimDatabase(SHOP, 'tenant-1', { adopts: true });
    await client.execute("UPDATE note SET text = 'new' WHERE id = 'b'");
    const copy = join(dir, 'tenants/shop.db');
    await importDatabaseFile({ ...request, isRegistered: async (id) => id === 'tenant-1' });
    expect(await rowsOf(copy)).toContainEqual([2, 'b', 'two']);
    const isRegistered = async () => false;
    const imported = await importDatabaseFile({ ...request, isRegistered });
    expect(await rowsOf(copy)).toContainEqual([2, 'b', 'new']);
    expect(await plane.readTenantMarker(SHOP)).toBeNull();
    await plane.claimDatabase(SHOP, 'tenant-2', { adopts: true });
    await imported.discard();
    expect(existsSync(copy)).toBe(false);
  });

  it('keeps a copy to which something was deployed, whether or not its tenant is registered', async () => {
    const { plane, request } = await folderWithFile('delete');
    await importDatabaseFile(request);
    await plane.claimDatabase(SHOP, 'tenant-1', { adopts: true });
    const driver = plane.createDriver({ ...SHOP, tenantId: 'tenant-1' });
    await driver.connect();
    onTestFinished(() => driver.disconnect());
    const note = { name: 'note', fields: { text: { type: 'text' as const } } };
    const options = { bundle: { checksum: 'b'.repeat(64), version: '1.0.0' } };
    expect(await plane.schemaDiff.applyBaseline(driver, [note], options)).toMatchObject({
      outcome: 'applied',
    });
    const imported = await importDatabaseFile({ ...request, isRegistered: async () => false });
    await imported.discard();
    expect(await plane.readTenantMarker(SHOP)).toMatchObject({ tenantId: 'tenant-1' });
  });

  it('rejects a missing file, a file that is no database, and an invalid name', async () => {
    const { dir, file, request } = await folderWithFile('delete');
    const absent = { ...request, file: join(dir, 'absent.db') };
    await expect(importDatabaseFile(absent)).rejects.toMatchObject({ code: 'database_not_found' });
    const other = `${file}.txt`;
    await writeFile(other, 'no database, but a text that is long enough to have been one'.repeat(20));
    await expect(importDatabaseFile({ ...request, file: other })).rejects.toMatchObject({
      code: 'database_invalid',
    });
    await expect(importDatabaseFile({ ...request, databaseName: '../x' })).rejects.toMatchObject({
      code: 'invalid_request',
    });
    expect(existsSync(join(dir, 'tenants/shop.db'))).toBe(false);
  });
});

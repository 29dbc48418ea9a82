import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { directClient } from '../../test/database.js';
import { createEmptyFile } from './create-empty-file.js';

const JOURNAL_MODE = 'PRAGMA journal_mode';

describe('createEmptyFile', () => {
  it('creates databases without tables that are in WAL mode before they are opened, and leaves nothing else', async () => {
    const dir = await temporaryFolder();
    const snapshots = join(dir, 'snapshots');
    const paths = ['a.db', 'b.db', 'c.db'].map((name) => join(dir, name));
    await Promise.all(paths.map((path) => createEmptyFile(path, { snapshots })));
    expect(await readdir(snapshots)).toEqual([]);
    expect((await readdir(dir)).sort()).toEqual(['a.db', 'b.db', 'c.db', 'snapshots']);
    for (const path of paths) {
      // Bytes 18 and 19 of a database file are 2 in WAL mode.
      expect([...(await readFile(path)).subarray(18, 20)]).toEqual([2, 2]);
      const client = directClient(path);
      expect((await client.execute(JOURNAL_MODE)).rows[0]?.journal_mode).toBe('wal');
      expect((await client.execute('SELECT count(*) AS count FROM sqlite_schema')).rows[0]?.count).toBe(0);
    }
  });

  it('creates databases with the system tables and the marker of a tenant that no log completes', async () => {
    const dir = await temporaryFolder();
    const snapshots = join(dir, 'snapshots');
    for (const tenantId of ['one', 'a'.repeat(26), `${'b'.repeat(25)}7`]) {
      const path = join(dir, `${tenantId}.db`);
      await createEmptyFile(path, { snapshots, tenantId });
      expect((await readdir(dir)).filter((file) => file.startsWith(tenantId))).toEqual([`${tenantId}.db`]);
      expect([...(await readFile(path)).subarray(18, 20)]).toEqual([2, 2]);
      const client = directClient(path);
      expect((await client.execute('SELECT id, format_version FROM _os_tenant')).rows).toMatchObject([
        { id: tenantId, format_version: 1 },
      ]);
      expect((await client.execute('PRAGMA integrity_check')).rows[0]?.integrity_check).toBe('ok');
    }
    expect(await readdir(snapshots)).toEqual([]);
  });

  it('of concurrent calls for one path, creates one file, and changes no existing file', async () => {
    const dir = await temporaryFolder();
    const snapshots = join(dir, 'snapshots');
    const path = join(dir, 'a.db');
    const calls = await Promise.allSettled([1, 2, 3].map(() => createEmptyFile(path, { snapshots })));
    expect(calls.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    const { ino } = await stat(path);
    const other = join(dir, 'b.db');
    await writeFile(other, 'kept');
    for (const existing of [path, other])
      await expect(createEmptyFile(existing, { snapshots })).rejects.toMatchObject({ code: 'EEXIST' });
    expect((await stat(path)).ino).toBe(ino);
    expect(await readFile(other, 'utf8')).toBe('kept');
    expect(await readdir(snapshots)).toEqual([]);
  });
});

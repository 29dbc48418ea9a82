import { appendFile, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { directClient } from '../../test/database.js';
import { closePooledFile, pooledFile } from '../connection/pooled-file.js';
import { CREATE_SYSTEM_TABLES } from '../schema/create-system-tables.js';
import { insertMarker } from './add-marker.js';
import { copyDatabase, removeSnapshots } from './copy-database.js';

async function world() {
  const dir = await temporaryFolder();
  const source = join(dir, 'template.db');
  await writeFile(source, '');
  const client = directClient(source);
  await client.executeMultiple('PRAGMA journal_mode = WAL; CREATE TABLE t (a TEXT); PRAGMA user_version = 7');
  const snapshots = join(dir, 'snapshots');
  let copies = 0;
  const copy = async () => {
    const target = join(dir, `copy-${copies++}.db`);
    await copyDatabase({ name: 'template', source, target, snapshots });
    return target;
  };
  const textsOf = async (path: string) =>
    (await directClient(path).execute('SELECT rowid AS id, a FROM t')).rows.map(({ id, a }) => `${id}${a}`);
  return { dir, source, client, snapshots, copy, textsOf };
}

/** Time after which a change certainly has another timestamp. */
const SETTLED_MS = 80;

describe('copyDatabase', () => {
  it('copies committed rows with their row ids, from the log of another connection too', async () => {
    const { client, copy, textsOf } = await world();
    for (const text of ['a', 'b', 'c', 'd'])
      await client.execute({ sql: 'INSERT INTO t VALUES (?)', args: [text] });
    await client.execute(`DELETE FROM t WHERE a IN ('a', 'c')`);
    const path = await copy();
    expect(await textsOf(path)).toEqual(['2b', '4d']);
    expect((await directClient(path).execute('PRAGMA integrity_check')).rows[0]?.integrity_check).toBe('ok');
    expect((await directClient(path).execute('PRAGMA user_version')).rows[0]?.user_version).toBe(7);
  });

  it('does not copy what is not committed', async () => {
    const { client, copy, textsOf } = await world();
    const transaction = await client.transaction('write');
    await transaction.execute(`INSERT INTO t VALUES ('uncommitted')`);
    expect(await textsOf(await copy())).toEqual([]);
    await transaction.rollback();
  });

  it('copies its snapshot while the database does not change, and replaces it after a change', async () => {
    const { source, client, snapshots, copy, textsOf } = await world();
    await client.execute(`INSERT INTO t VALUES ('a')`);
    await delay(SETTLED_MS);
    await copy();
    const first = await readdir(snapshots);
    expect(first).toHaveLength(1);
    const marked = join(snapshots, first[0] ?? '');
    const before = await readFile(marked);
    await appendFile(marked, Buffer.alloc(4_096));
    expect((await readFile(await copy())).length).toBe(before.length + 4_096);
    await client.execute(`INSERT INTO t VALUES ('b')`);
    expect(await textsOf(await copy())).toEqual(['1a', '2b']);
    await delay(SETTLED_MS);
    expect(await textsOf(await copy())).toEqual(['1a', '2b']);
    const second = await readdir(snapshots);
    expect(second).toHaveLength(1);
    expect(second).not.toEqual(first);
    await closePooledFile(source);
  });

  it.each([
    ['of its length', `template-${'x'.repeat(17)}`, `template-${'x'.repeat(17)}`],
    ['of another length', 'template-y', 'template-y'],
    ['of another database', `template-${'x'.repeat(17)}`, `template-${'z'.repeat(17)}`],
  ])('replaces a marker %s only if it is that of the original', async (_, name, marker) => {
    const { source, client, snapshots, dir } = await world();
    await client.executeMultiple([...CREATE_SYSTEM_TABLES, insertMarker(marker)].join(';'));
    await delay(SETTLED_MS);
    const markers = [];
    for (const first of 'bcd') {
      const [tenantId, target] = [first + 'a'.repeat(25), join(dir, `${first}.db`)];
      await copyDatabase({ name, source, target, snapshots, tenantId });
      const [row] = (await directClient(target).execute('SELECT id FROM _os_tenant')).rows;
      markers.push([tenantId, row?.id]);
      expect((await directClient(target).execute('PRAGMA integrity_check')).rows[0]?.integrity_check).toBe(
        'ok',
      );
    }
    expect(markers.map(([, id]) => id)).toEqual(
      markers.map(([tenantId]) => (name === marker ? tenantId : marker)),
    );
    expect(await readdir(snapshots)).toHaveLength(1);
  });

  it('keeps no snapshot of a database that has just changed, which could change again unnoticed', async () => {
    const { source, client, snapshots, copy } = await world();
    await client.execute(`INSERT INTO t VALUES ('a')`);
    const now = new Date(Date.now() + 1_000);
    await utimes(`${source}-wal`, now, now);
    await copy();
    expect(await readdir(snapshots)).toEqual([]);
  });

  it('copies every committed row while the database is written', async () => {
    const { source, copy, textsOf } = await world();
    const file = pooledFile(source);
    let [written, isDone] = [0, false];
    const writing = (async () => {
      while (!isDone) {
        await file.execute({ sql: 'INSERT INTO t VALUES (?)', args: ['x'] });
        written++;
      }
    })();
    for (let count = 0; count < 10; count++) {
      const least = written;
      expect((await textsOf(await copy())).length).toBeGreaterThanOrEqual(least);
    }
    isDone = true;
    await writing;
  });

  it('rejects a missing source and an existing target, and leaves no file behind', async () => {
    const { dir, source, snapshots, copy } = await world();
    const missing = { name: 'none', source: join(dir, 'none.db'), target: join(dir, 'x.db'), snapshots };
    await expect(copyDatabase(missing)).rejects.toMatchObject({
      code: 'database_not_found',
      details: { databaseName: 'none' },
    });
    const taken = await copy();
    const again = { name: 'template', source, target: taken, snapshots };
    await expect(copyDatabase(again)).rejects.toMatchObject({ code: 'EEXIST' });
    expect((await readdir(snapshots)).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    expect(await readdir(dir)).not.toContain('x.db');
  });

  /** Files of two hours ago, with logs, and one of now. */
  async function leaveFiles(snapshots: string): Promise<void> {
    await mkdir(snapshots);
    const old = new Date(Date.now() - 7_200_000);
    for (const file of ['old.tmp', 'old.tmp-wal', 'old.tmp-content.tmp-shm', 'new.tmp']) {
      await writeFile(join(snapshots, file), '');
      if (file !== 'new.tmp') await utimes(join(snapshots, file), old, old);
    }
  }

  it('removes temporary files that a killed process left behind, also with the snapshots', async () => {
    const { client, snapshots, copy } = await world();
    await leaveFiles(snapshots);
    await removeSnapshots(snapshots, 'template');
    expect(await readdir(snapshots)).toEqual(['new.tmp']);
    await rm(snapshots, { recursive: true });
    await leaveFiles(snapshots);
    await client.execute(`INSERT INTO t VALUES ('a')`);
    await delay(SETTLED_MS);
    await copy();
    const files = await readdir(snapshots);
    expect(files).toContain('new.tmp');
    expect(files.filter((file) => file.startsWith('old'))).toEqual([]);
  });
});

describe('removeSnapshots', () => {
  it('deletes the snapshots of one database, also if there are none', async () => {
    const { client, snapshots, copy } = await world();
    await removeSnapshots(join(snapshots, 'nothing'), 'template');
    await client.execute(`INSERT INTO t VALUES ('a')`);
    await delay(SETTLED_MS);
    await copy();
    await writeFile(join(snapshots, 'template-2@0.db'), '');
    await removeSnapshots(snapshots, 'template');
    expect(await readdir(snapshots)).toEqual(['template-2@0.db']);
  });
});

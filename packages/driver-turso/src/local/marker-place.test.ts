import { copyFile, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { directClient } from '../../test/database.js';
import { NativeClient } from '../connection/native-client.js';
import { CREATE_SYSTEM_TABLES } from '../schema/create-system-tables.js';
import { insertMarker } from './add-marker.js';
import { bytesOf, bytesOfFile, findMarker, writeMarker } from './marker-place.js';

const FIRST = 'a'.repeat(26);
const SECOND = `${'b'.repeat(25)}7`;

async function database(...statements: string[]) {
  const path = join(await temporaryFolder(), 'a.db');
  const client = new NativeClient(path);
  client.executeAll(['PRAGMA journal_mode = WAL', ...CREATE_SYSTEM_TABLES, ...statements]);
  client.close();
  return path;
}

async function writeTo(path: string, tenantId: string) {
  const place = findMarker(path);
  const file = await open(path, 'r+');
  const isWritten = place !== null && writeMarker(bytesOfFile(file.fd), place, tenantId);
  await file.close();
  return isWritten;
}

const markersOf = async (path: string) => (await directClient(path).execute('SELECT * FROM _os_tenant')).rows;

describe('writeMarker', () => {
  it('replaces the marker in the table and in its index, and leaves a valid database', async () => {
    const path = await database(insertMarker(FIRST));
    const startedAt = new Date().toISOString();
    expect(await writeTo(path, SECOND)).toBe(true);
    const client = directClient(path);
    expect(await markersOf(path)).toMatchObject([{ id: SECOND, format_version: 1 }]);
    const [marker] = await markersOf(path);
    expect(marker?.created_at).toBe(marker?.updated_at);
    expect(String(marker?.created_at) >= startedAt).toBe(true);
    const byId = { sql: 'SELECT count(*) AS count FROM _os_tenant WHERE id = ?', args: [SECOND] };
    expect((await client.execute(byId)).rows[0]?.count).toBe(1);
    expect((await client.execute('PRAGMA integrity_check')).rows[0]?.integrity_check).toBe('ok');
  });

  it.each([
    ['an id of another length', `${SECOND}b`],
    ['an id with the same number of characters and more bytes', `${'b'.repeat(25)}é`],
  ])('writes nothing for %s', async (_, tenantId) => {
    const path = await database(insertMarker(FIRST));
    const before = await readFile(path);
    expect(await writeTo(path, tenantId)).toBe(false);
    expect((await readFile(path)).equals(before)).toBe(true);
  });

  it('writes nothing where the marker is not', async () => {
    const path = await database(insertMarker(FIRST));
    const place = findMarker(path);
    const other = await readFile(await database(insertMarker(SECOND)));
    const before = Buffer.from(other);
    expect(place && writeMarker(bytesOf(other), place, SECOND)).toBe(false);
    expect(other.equals(before)).toBe(true);
    expect(place && writeMarker(bytesOf(Buffer.alloc(100)), place, SECOND)).toBe(false);
  });

  it('writes to bytes in memory like to a file', async () => {
    const path = await database(insertMarker(FIRST));
    const content = await readFile(path);
    const place = findMarker(path);
    expect(place && writeMarker(bytesOf(content), place, SECOND)).toBe(true);
    const file = await open(`${path}.copy`, 'wx');
    await file.writeFile(content);
    await file.close();
    expect(await markersOf(`${path}.copy`)).toMatchObject([{ id: SECOND }]);
  });
});

describe('findMarker', () => {
  it.each([
    ['no marker', []],
    ['two markers', [insertMarker(FIRST), insertMarker(SECOND)]],
    ['timestamps of another length', [insertMarker(FIRST), `UPDATE _os_tenant SET created_at = 'now'`]],
    ['another table of that name', ['DROP TABLE _os_tenant', 'CREATE TABLE _os_tenant (id TEXT)']],
    ['another index of the table', [insertMarker(FIRST), 'CREATE INDEX other ON _os_tenant (created_at)']],
  ])('finds none in a database with %s', async (_, statements) => {
    const path = await database(...statements);
    expect(findMarker(path)).toBeNull();
    await copyFile(path, `${path}.copy`);
    expect(findMarker(`${path}.copy`)).toBeNull();
  });
});

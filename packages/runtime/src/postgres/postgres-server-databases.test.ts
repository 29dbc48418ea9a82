import { createServerDatabaseStore, openLocalDatabase } from '@objectstack/driver-turso';
import type { IServerDatabaseStore, ServerDatabase } from '@objectstack/spec/contracts';
import { sharedPostgres, temporaryFolder } from '@objectstack/testing';
import pg from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { postgresServerDatabases } from './postgres-server-databases.js';

const server = sharedPostgres();

const record = (changes: Partial<ServerDatabase> = {}): ServerDatabase => ({
  name: 't-a',
  dbId: 'id-a',
  serverId: 'one',
  status: 'ready',
  signingKey: {
    algorithm: 'aes-256-gcm',
    keyId: 'k1',
    nonce: 'A'.repeat(16),
    ciphertext: 'AAAA',
    tag: `${'A'.repeat(22)}==`,
  },
  publicKey: 'public',
  blockReads: false,
  blockWrites: true,
  sizeLimitBytes: 4_096,
  isApplied: false,
  updatedAt: '2026-01-01T00:00:00.000Z',
  revision: 0,
  ...changes,
});

async function onPostgres(): Promise<IServerDatabaseStore[]> {
  const connectionString = await server.createSchema();
  const stores = [1, 2, 3].map(() => postgresServerDatabases({ connectionString, maxConnections: 2 }));
  onTestFinished(async () => void (await Promise.all(stores.map((store) => store.close()))));
  return stores;
}

async function onFile(): Promise<IServerDatabaseStore[]> {
  const path = `${await temporaryFolder()}/servers.db`;
  return [1, 2, 3].map(() => createServerDatabaseStore(openLocalDatabase({ path })));
}

describe.each([
  ['on PostgreSQL', onPostgres],
  ['on a file', onFile],
])('records of databases on libSQL servers %s', (_, open) => {
  it('are added once by several processes, and found by all', async () => {
    const stores = await open();
    const added = await Promise.all(stores.map((store, index) => store.add(record({ dbId: `id-${index}` }))));
    expect(added.filter(Boolean)).toHaveLength(1);
    const dbId = `id-${added.indexOf(true)}`;
    for (const store of stores) expect(await store.get('t-a')).toEqual(record({ dbId }));
    expect(await stores[0]?.get('t-b')).toBeNull();
  });

  it('are listed by the code units of their names, and counted by server', async () => {
    const [store] = await open();
    for (const name of ['b', 'B', '_'])
      await store?.add(record({ name, serverId: name === 'b' ? 'two' : 'one' }));
    expect((await store?.list())?.map(({ name }) => name)).toEqual(['B', '_', 'b']);
    expect(await store?.countByServer()).toEqual({ one: 2, two: 1 });
  });

  it('are replaced and removed only at the revision that was read', async () => {
    const [store, other] = await open();
    await store?.add(record());
    const next = record({ serverId: 'two', sizeLimitBytes: null, revision: 1 });
    const replaced = await Promise.all([store?.replace(next, 0), other?.replace(next, 0)]);
    expect(replaced.filter(Boolean)).toHaveLength(1);
    expect(await store?.get('t-a')).toEqual(next);
    expect(await store?.remove('t-a', 0)).toBe(false);
    expect(await store?.remove('t-a', 1)).toBe(true);
    expect(await store?.list()).toEqual([]);
  });
});

describe('postgresServerDatabases', () => {
  it('counts by an index, and works without it for a user that does not own the table', async () => {
    const connectionString = await server.createSchema();
    const schema = new URL(connectionString).searchParams.get('options')?.split('=')[1];
    const open = (url: string) => {
      const store = postgresServerDatabases({ connectionString: url, maxConnections: 1 });
      onTestFinished(() => store.close());
      return store;
    };
    const owner = new pg.Pool({ connectionString, max: 1 });
    onTestFinished(() => owner.end());
    const indexes = async () => {
      const text = "SELECT indexname FROM pg_indexes WHERE schemaname = $1 AND indexname LIKE '%_server'";
      return (await owner.query(text, [schema])).rows.map(({ indexname }) => indexname);
    };
    await open(connectionString).add(record());
    expect(await indexes()).toEqual(['_os_control_server_database_server']);
    await owner.query('DROP INDEX _os_control_server_database_server');
    const role = `reader_${schema}`;
    await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
    onTestFinished(async () => {
      await server.run(connectionString, `DROP OWNED BY ${role}; DROP ROLE ${role}`);
    });
    await owner.query(`GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${role}`);
    await owner.query(`GRANT SELECT ON _os_control_server_database TO ${role}`);
    const url = new URL(connectionString);
    [url.username, url.password] = [role, 'secret'];
    expect(await open(url.href).countByServer()).toEqual({ one: 1 });
    expect(await indexes()).toEqual([]);
  });
});

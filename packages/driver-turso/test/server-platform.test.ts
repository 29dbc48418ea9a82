import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type {
  IServerDatabaseStore,
  ServerDatabase,
  SqlDatabase,
  SqlStatement,
} from '@objectstack/spec/contracts';
import { temporaryFolder } from '@objectstack/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTursoDriver } from '../src/driver/create-turso-driver.js';
import { openLocalDatabase } from '../src/local/open-local-database.js';
import { createServerDatabaseStore } from '../src/server/create-server-database-store.js';
import {
  LibsqlServerPlatform,
  type LibsqlServerPlatformOptions,
} from '../src/server/libsql-server-platform.js';
import type { LibsqlServerEntry } from '../src/server/server-list.js';
import { scriptedServer } from './scripted-server.js';
import { testSealer } from './test-sealer.js';
import { sharedSqld } from './transports.js';

const [first, second] = [sharedSqld(), sharedSqld()];

const entries = () =>
  [first(), second()].map(({ urlTemplate: url, adminUrl }, index) => ({ id: `s${index}`, url, adminUrl }));

let count = 0;
const newName = () => `p-${count++}`;

async function world(more: Partial<LibsqlServerPlatformOptions> = {}) {
  const path = join(await temporaryFolder(), 'control.db');
  const database = openLocalDatabase({ path });
  onTestFinished(() => database.close());
  const store = createServerDatabaseStore(database);
  const options = { servers: entries(), store, sealer: testSealer(), ...more };
  return { platform: new LibsqlServerPlatform(options), options, store, path, name: newName() };
}

const admin = (path: string, init: RequestInit = {}, server = first()) =>
  fetch(`${server.adminUrl}/v1/namespaces/${path}`, {
    headers: { 'content-type': 'application/json' },
    ...init,
  });

async function isReadable(platform: LibsqlServerPlatform, name: string): Promise<boolean> {
  const { url } = (await platform.getDatabase(name)) ?? { url: '' };
  const { jwt } = await platform.createToken(name, 'full-access');
  const driver = createTursoDriver({ url }, { authToken: jwt });
  await driver.connect();
  return (await driver.execute('SELECT 1')).rows.length === 1;
}

/** A store that fails the n-th write, before or after it, as if the process were killed there. */
function killedAt(
  store: IServerDatabaseStore,
  write: number,
  when: 'before' | 'after',
): IServerDatabaseStore {
  let writes = 0;
  let isDead = false;
  const around = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Error('killed');
    const isLast = writes++ === write;
    if (isLast && when === 'before') isDead = true;
    if (isDead) throw new Error('killed');
    const result = await work();
    if (isLast) isDead = true;
    if (isDead) throw new Error('killed');
    return result;
  };
  return {
    ...store,
    add: (record) => around(() => store.add(record)),
    replace: (record, revision) => around(() => store.replace(record, revision)),
    remove: (name, revision) => around(() => store.remove(name, revision)),
  };
}

/** Lets the lease of an interrupted creation end. */
async function endLease(store: IServerDatabaseStore, name: string): Promise<void> {
  const record = await store.get(name);
  if (record) await store.replace({ ...record, updatedAt: new Date(0).toISOString() }, record.revision);
}

describe('LibsqlServerPlatform', () => {
  it('records the server of each database, and chooses the one with the fewest', async () => {
    const { platform, store } = await world();
    for (let number = 0; number < 4; number++) await platform.createDatabase({ name: newName() });
    expect(await store.countByServer()).toEqual({ s0: 2, s1: 2 });
  });

  it('chooses a server of the region, also one that is added while the process runs', async () => {
    const [one, other] = entries();
    const servers = [{ ...one, region: 'us-east' }] as LibsqlServerEntry[];
    const { platform, store, name } = await world({ servers: () => servers });
    const request = { name, region: 'eu-west' } as const;
    await expect(platform.createDatabase(request)).rejects.toMatchObject({
      code: 'configuration_invalid',
      details: { settings: ['servers'] },
    });
    servers.push({ ...other, region: 'eu-west' } as LibsqlServerEntry);
    expect((await platform.createDatabase(request)).primaryLocation).toBe('eu-west');
    expect((await store.get(name))?.serverId).toBe('s1');
    expect(await isReadable(platform, name)).toBe(true);
    servers.pop();
    await expect(platform.getDatabase(name)).rejects.toMatchObject({ code: 'configuration_invalid' });
  });

  it('creates a copy on the server of its original', async () => {
    const { platform, store, name } = await world();
    await platform.createDatabase({ name });
    const copies = [newName(), newName(), newName()];
    for (const copy of copies)
      await platform.createDatabase({ name: copy, seed: { type: 'database', name } });
    const serverId = (await store.get(name))?.serverId;
    for (const copy of copies) {
      const record = await store.get(copy);
      expect(record?.serverId).toBe(serverId);
      expect(record?.publicKey).not.toBe((await store.get(name))?.publicKey);
    }
  });

  it('has durable databases', async () => {
    const { platform, name } = await world({ servers: entries().slice(0, 1) });
    await platform.createDatabase({ name });
    const config = (await (await admin(`${name}/config`)).json()) as Record<string, unknown>;
    expect(config.durability_mode).toBe('strong');
  });

  it('stores no private key and shows none', async () => {
    const { platform, store, path, name } = await world();
    await platform.createDatabase({ name });
    const { jwt } = await platform.createToken(name, 'full-access', 60);
    const shown = inspect([platform, await store.get(name)], { depth: 20, showHidden: true });
    const stored = Buffer.concat([await readFile(path), await readFile(`${path}-wal`)]).toString('latin1');
    for (const text of [shown, stored]) {
      expect(text).not.toContain('PRIVATE KEY');
      expect(text).not.toContain(jwt.split('.')[2]);
    }
  });

  it('does not adopt or delete a namespace that it did not create', async () => {
    const { platform, store, name } = await world({ servers: entries().slice(0, 1) });
    await admin(`${name}/create`, { method: 'POST', body: '{}' });
    await platform.createDatabase({ name: `${name}-template` });
    const seed = { type: 'database', name: `${name}-template` } as const;
    for (const request of [{ name }, { name, seed }]) {
      await expect(platform.createDatabase(request)).rejects.toMatchObject({ code: 'database_exists' });
      expect(await store.get(name)).toBeNull();
      await platform.deleteDatabase(name);
      expect((await admin(`${name}/config`)).status).toBe(200);
    }
  });

  it('does not delete the namespace of another owner after a creation of the name was interrupted', async () => {
    const { platform, options, store, name } = await world({ servers: entries().slice(0, 1) });
    const dying = new LibsqlServerPlatform({ ...options, store: killedAt(store, 0, 'after') });
    await expect(dying.createDatabase({ name })).rejects.toThrow('killed');
    await admin(`${name}/create`, { method: 'POST', body: '{}' });
    await endLease(store, name);
    await expect(platform.createDatabase({ name })).rejects.toMatchObject({ code: 'database_exists' });
    await platform.deleteDatabase(name);
    expect(await store.get(name)).toBeNull();
    expect((await admin(`${name}/config`)).status).toBe(200);
  });

  it('does not take the 404 of an address that is not the administrative one for a deleted namespace', async () => {
    const { platform, options, name } = await world({ servers: entries().slice(0, 1) });
    await platform.createDatabase({ name });
    const wrong = entries()
      .slice(0, 1)
      .map((entry) => ({ ...entry, adminUrl: new URL(entry.url).origin }));
    const misled = new LibsqlServerPlatform({ ...options, servers: wrong });
    await expect(misled.deleteDatabase(name)).rejects.toBeInstanceOf(Error);
    await platform.deleteDatabase(name);
    expect((await admin(`${name}/config`)).status).toBe(404);
  });

  it.each([0, 1].flatMap((write) => (['before', 'after'] as const).map((when) => [write, when] as const)))(
    'continues a creation that was killed at write %i, %s it',
    async (write, when) => {
      const { platform, options, store, name } = await world();
      const template = newName();
      await platform.createDatabase({ name: template });
      for (const seed of [undefined, { type: 'database', name: template } as const]) {
        const request = { name: seed ? `${name}-copy` : name, ...(seed && { seed }) };
        const dying = new LibsqlServerPlatform({ ...options, store: killedAt(store, write, when) });
        await expect(dying.createDatabase(request)).rejects.toThrow('killed');
        await endLease(store, request.name);
        await platform.createDatabase(request).catch((error) => {
          expect(error).toMatchObject({ code: 'database_exists' });
        });
        expect(await isReadable(platform, request.name)).toBe(true);
        expect((await platform.listDatabases()).filter((one) => one.name === request.name)).toHaveLength(1);
      }
    },
  );

  it('waits for a creation of another process, and continues it when its lease has ended', async () => {
    const { platform, options, store, name } = await world();
    const dying = new LibsqlServerPlatform({ ...options, store: killedAt(store, 0, 'after') });
    await expect(dying.createDatabase({ name })).rejects.toThrow('killed');
    const signal = AbortSignal.timeout(100);
    await expect(platform.createDatabase({ name }, { signal })).rejects.toMatchObject({ code: 'aborted' });
    expect(await platform.getDatabase(name)).toBeNull();
    await expect(platform.createToken(name, 'read-only')).rejects.toMatchObject({
      code: 'database_not_found',
    });
    const waiting = platform.createDatabase({ name });
    await endLease(store, name);
    await waiting;
    expect(await isReadable(platform, name)).toBe(true);
  });

  it('creates a database once for processes that create it at the same time, which then exists for all', async () => {
    const { platform, options, store, name } = await world();
    const other = new LibsqlServerPlatform(options);
    const created = await Promise.allSettled([platform, other].map((one) => one.createDatabase({ name })));
    expect(created.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(created.find((one) => one.status === 'rejected')?.reason).toMatchObject({
      code: 'database_exists',
    });
    expect((await store.get(name))?.status).toBe('ready');
  });

  it.each([0, 1].flatMap((write) => (['before', 'after'] as const).map((when) => [write, when] as const)))(
    'continues a deletion that was killed at write %i, %s it',
    async (write, when) => {
      const { platform, options, store, name } = await world({ servers: entries().slice(0, 1) });
      await platform.createDatabase({ name });
      const dying = new LibsqlServerPlatform({ ...options, store: killedAt(store, write, when) });
      await expect(dying.deleteDatabase(name)).rejects.toThrow('killed');
      await platform.deleteDatabase(name);
      expect(await store.get(name)).toBeNull();
      expect((await admin(`${name}/config`)).status).toBe(404);
    },
  );

  it('sends a configuration that a killed process recorded before the next token', async () => {
    const { platform, options, store, name } = await world();
    await platform.createDatabase({ name });
    const old = (await platform.createToken(name, 'full-access')).jwt;
    const dying = new LibsqlServerPlatform({ ...options, store: killedAt(store, 0, 'after') });
    await expect(dying.revokeToken(name)).rejects.toThrow('killed');
    expect(await isReadable(platform, name)).toBe(true);
    const { url } = (await platform.getDatabase(name)) ?? { url: '' };
    const refused = createTursoDriver({ url }, { authToken: old });
    await expect(refused.connect()).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('has the latest configuration after many concurrent changes of several processes', async () => {
    const { platform, options, store, name } = await world({ servers: entries().slice(0, 1) });
    await platform.createDatabase({ name });
    const others = Array.from({ length: 4 }, () => new LibsqlServerPlatform(options));
    await Promise.all(
      others.flatMap((other, index) => [
        other.setSizeLimit(name, 1_000_000 * (index + 1)),
        other.setDatabaseAccess(name, { blockReads: index % 2 === 0, blockWrites: true }),
        other.revokeToken(name),
      ]),
    );
    const record = (await store.get(name)) as ServerDatabase;
    const config = (await (await admin(`${name}/config`)).json()) as Record<string, unknown>;
    expect(record.isApplied).toBe(true);
    expect(config).toMatchObject({
      jwt_key: record.publicKey,
      block_reads: record.blockReads,
      block_writes: record.blockWrites,
    });
    expect(config.max_db_size).toBe(`${(record.sizeLimitBytes ?? 0) / 1_000_000}.0 MB`);
  });

  it('creates the database after the server was unreachable, without waiting for the lease', async () => {
    const scripted = await scriptedServer([{ status: 503 }]);
    const servers = [{ id: 's0', url: first().urlTemplate, adminUrl: scripted.url }];
    const { platform, name } = await world({ servers: () => servers, maxRetries: 0 });
    await expect(platform.createDatabase({ name })).rejects.toMatchObject({ code: 'platform_unavailable' });
    servers[0] = { id: 's0', url: first().urlTemplate, adminUrl: first().adminUrl };
    await platform.createDatabase({ name });
    expect(await isReadable(platform, name)).toBe(true);
  });

  it('sends the administrative token, and reports that it is refused', async () => {
    const scripted = await scriptedServer([{ status: 401, body: 'admin-canary' }]);
    const servers = [
      { id: 's0', url: first().urlTemplate, adminUrl: scripted.url, adminToken: 'admin-canary' },
    ];
    const { platform, name } = await world({ servers });
    const error = await platform.createDatabase({ name }).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'unauthorized', details: { status: 401 } });
    expect(inspect([error, platform], { depth: 20, showHidden: true })).not.toContain('admin-canary');
    expect(scripted.received[0]?.headers.authorization).toBe('Basic admin-canary');
  });

  it('lists the servers that accept databases, the emptiest first, and creates a database on one of them', async () => {
    const [one, other] = entries() as [LibsqlServerEntry, LibsqlServerEntry];
    const servers = [
      { ...one, region: 'us-east' as const },
      other,
      { ...other, id: 's2', acceptsDatabases: false },
    ];
    const { platform, store, name } = await world({ servers });
    expect(await platform.listPlacements()).toEqual(['s0', 's1']);
    await platform.createDatabase({ name, placement: 's1' });
    expect(await platform.listPlacements()).toEqual(['s0', 's1']);
    const second = newName();
    await platform.createDatabase({ name: second, placement: 's1' });
    expect((await store.get(second))?.serverId).toBe('s1');
    await platform.createDatabase({ name: newName(), placement: 's0' });
    expect(await platform.listPlacements('eu-west')).toEqual(['s1']);
    const copy = newName();
    await platform.createDatabase({ name: copy, seed: { type: 'database', name }, placement: 's0' });
    expect((await store.get(copy))?.serverId).toBe('s1');
    expect(await platform.listPlacements()).toEqual(['s0', 's1']);
    for (const placement of ['s2', 's9'])
      await expect(platform.createDatabase({ name: newName(), placement })).rejects.toMatchObject({
        code: 'configuration_invalid',
      });
  });

  it('reports the size of a blocked database', async () => {
    const { platform, name } = await world();
    await platform.createDatabase({ name });
    await platform.setDatabaseAccess(name, { blockReads: true, blockWrites: true });
    expect((await platform.getDatabaseUsage(name)).storageBytes).toBeGreaterThanOrEqual(0);
  });

  it.each<[unknown[], object]>([
    [[], { code: 'configuration_incomplete', details: { missing: ['servers'] } }],
    [
      [{}],
      {
        code: 'configuration_incomplete',
        details: { missing: ['servers[0].id', 'servers[0].url', 'servers[0].adminUrl'] },
      },
    ],
    [
      [{ id: 'a', url: 'https://x.example.com', adminUrl: 'http://x' }],
      { code: 'configuration_invalid', details: { settings: ['servers'] } },
    ],
    [
      [{ id: 'a', url: 'https://{database}.example.com', adminUrl: 'nowhere' }],
      { code: 'configuration_invalid', details: { settings: ['servers'] } },
    ],
    [
      ['a', 'a'].map((id) => ({ id, url: 'https://{database}.example.com', adminUrl: 'http://x' })),
      { code: 'configuration_invalid', details: { settings: ['servers'] } },
    ],
  ])('rejects the servers %j', async (servers, expected) => {
    await expect(world({ servers: servers as never })).rejects.toMatchObject(expected);
    const { platform, name } = await world({ servers: () => servers as never });
    await expect(platform.createDatabase({ name })).rejects.toMatchObject(expected);
  });
});

describe('createServerDatabaseStore', () => {
  it('rejects a record that cannot be parsed', async () => {
    const path = join(await temporaryFolder(), 'control.db');
    const database = openLocalDatabase({ path });
    onTestFinished(() => database.close());
    const store = createServerDatabaseStore(database);
    expect(await store.list()).toEqual([]);
    await database.execute({ sql: `INSERT INTO _os_control_server_database VALUES ('a', 's', 0, '{}')` });
    await expect(store.get('a')).rejects.toMatchObject({ code: 'database_invalid' });
  });

  it('counts databases without reading their records', async () => {
    const database = openLocalDatabase({ path: join(await temporaryFolder(), 'control.db') });
    onTestFinished(() => database.close());
    const asked: string[] = [];
    const watched: SqlDatabase = Object.create(database, {
      execute: {
        value: (statement: SqlStatement) => {
          asked.push(statement.sql);
          return database.execute(statement);
        },
      },
    });
    await createServerDatabaseStore(watched).countByServer();
    const { rows } = await database.execute({ sql: `EXPLAIN QUERY PLAN ${asked.at(-1)}` });
    expect(rows).toEqual([expect.objectContaining({ detail: expect.stringContaining('COVERING INDEX') })]);
  });
});

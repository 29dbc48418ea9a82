import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import {
  createServerDatabaseStore,
  libsqlServer,
  openLocalDatabase,
  tursoCloud,
  tursoLocal,
} from '@objectstack/driver-turso';
import {
  createFileBundleStore,
  createRuntime,
  createSecretSealer,
  createTenantRegistry,
} from '@objectstack/runtime';
import { postgresRegistry } from '@objectstack/runtime/postgres';
import type { DataPlane, ITenantRegistry } from '@objectstack/spec/contracts';
import { startTursoEmulator } from '@objectstack/turso-emulator';
import { postgresPool } from '../../testing/src/postgres-pool.js';
import { startPostgres } from '../../testing/src/postgres-server.js';
import { startSqld } from '../../testing/src/sqld.js';
import { compare, type Figure } from './measure.js';
import { sampleObjects } from './sample-objects.js';

const OBJECTS = 100;
const POOL_SIZE = 4;

/** Copies a database durably, opens it and inserts the first row. */
async function copyAndInsert(source: string, target: string): Promise<void> {
  await copyFile(source, target);
  const handle = await open(target, 'r');
  await handle.sync();
  await handle.close();
  const client = createClient({ url: pathToFileURL(target).href, concurrency: 1 });
  await client.execute('PRAGMA synchronous = FULL');
  await client.execute("INSERT INTO object_0 (id, name, created_at, updated_at) VALUES ('a', 'a', 'a', 'a')");
  client.close();
}

async function registrationFromTemplate(folder: string): Promise<Figure> {
  const templates = { crm: { manifest: { version: '1.0.0' }, objects: sampleObjects(OBJECTS) } };
  const os = await createRuntime({ dataPlane: tursoLocal({ dir: `${folder}/registrations` }), templates });
  const request = { orgId: 'bench', templateName: 'crm', plan: 'enterprise' } as const;
  const { tenantId } = await os.provisioning.provisionTenant(request);
  await mkdir(`${folder}/copies`);
  let copies = 0;
  const figure = await compare({
    what: `register a tenant with ${OBJECTS} objects from a template, compared with copy, open and first insert`,
    target: 2,
    rounds: 15,
    warmUp: 3,
    ours: () => os.provisioning.provisionTenant(request),
    reference: () =>
      copyAndInsert(`${folder}/registrations/tenants/t-${tenantId}.db`, `${folder}/copies/${copies++}.db`),
  });
  await os.close();
  return figure;
}

/** What a registration from the pool is measured on. */
interface PoolPlace {
  readonly name: string;
  readonly dataPlane: DataPlane;
  readonly registry: ITenantRegistry;
  /** Another durable transaction in the database of the registry. */
  readonly commit: () => Promise<unknown>;
}

async function registrationFromPool(folder: string, place: PoolPlace): Promise<Figure> {
  const { name, dataPlane, registry, commit } = place;
  const os = await createRuntime({
    dataPlane,
    registry,
    bundles: createFileBundleStore(`${folder}/pool-bundles`),
    pool: { size: POOL_SIZE },
  });
  const isFilled = async () => {
    const entries = await registry.listPooledDatabases();
    return entries.filter(({ status }) => status === 'ready').length === POOL_SIZE;
  };
  const figure = await compare({
    what: `register a tenant from the warm pool ${name}, compared with a durable transaction of the registry`,
    target: 5,
    rounds: 30,
    warmUp: 5,
    setUp: async () => {
      while (!(await isFilled())) await new Promise(setImmediate);
    },
    ours: () => os.provisioning.provisionTenant({ orgId: 'bench' }),
    reference: commit,
  });
  await os.close();
  return figure;
}

/** A registry in a file, with a table beside it. */
async function fileRegistry(folder: string) {
  const control = openLocalDatabase({ path: `${folder}/pool-control.db` });
  await control.execute({ sql: 'CREATE TABLE IF NOT EXISTS commits (n)' });
  return {
    control,
    registry: createTenantRegistry(control),
    commit: () => control.execute({ sql: 'INSERT INTO commits VALUES (1)' }),
  };
}

async function onFiles(folder: string): Promise<Figure> {
  const { registry, commit } = await fileRegistry(folder);
  return registrationFromPool(folder, {
    name: 'on files',
    dataPlane: tursoLocal({ dir: `${folder}/pool` }),
    registry,
    commit,
  });
}

async function onServer(folder: string): Promise<Figure> {
  const server = await startSqld();
  const { registry, commit } = await fileRegistry(folder);
  const dataPlane = libsqlServer({
    url: server.urlTemplate,
    adminUrl: server.adminUrl,
    store: createServerDatabaseStore(openLocalDatabase({ path: `${folder}/servers.db` })),
    sealer: createSecretSealer({ keys: [{ id: 'k1', key: randomBytes(32) }] }),
  });
  const figure = await registrationFromPool(folder, {
    name: 'on a libSQL server',
    dataPlane,
    registry,
    commit,
  });
  await server.stop();
  return figure;
}

async function onEmulator(folder: string): Promise<Figure> {
  const emulator = await startTursoEmulator();
  const { registry, commit } = await fileRegistry(folder);
  const config = {
    organizationSlug: emulator.organizationSlug,
    group: { name: 'default', region: 'us-east' },
    platformToken: { secret: 'platform' },
  } as const;
  const resolveSecret = async () => emulator.platformToken;
  const dataPlane = tursoCloud(config, { apiUrl: emulator.url, resolveSecret });
  const figure = await registrationFromPool(folder, {
    name: 'on the emulator of Turso Cloud',
    dataPlane,
    registry,
    commit,
  });
  await emulator.stop();
  return figure;
}

async function onPostgres(folder: string): Promise<Figure> {
  const server = await startPostgres();
  const pool = postgresPool(server.url);
  await pool.query('CREATE TABLE commits (n integer)');
  const figure = await registrationFromPool(folder, {
    name: 'with the registry on PostgreSQL',
    dataPlane: tursoLocal({ dir: `${folder}/pool` }),
    registry: postgresRegistry({ connectionString: server.url, maxConnections: 4 }),
    commit: async () => {
      const client = await pool.connect();
      for (const text of ['BEGIN', 'INSERT INTO commits VALUES (1)', 'COMMIT']) await client.query(text);
      client.release();
    },
  });
  await pool.end();
  await server.stop();
  return figure;
}

const POOLS = { files: onFiles, server: onServer, emulator: onEmulator, postgres: onPostgres };

export async function measureRegistrations(folder: string): Promise<Figure[]> {
  const figures = [await registrationFromTemplate(folder)];
  for (const [name, measure] of Object.entries(POOLS)) {
    await mkdir(`${folder}/${name}`);
    figures.push(await measure(`${folder}/${name}`));
  }
  return figures;
}

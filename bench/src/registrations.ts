import { copyFile, mkdir, open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { openLocalDatabase, tursoLocal } from '@objectstack/driver-turso';
import { createFileBundleStore, createRuntime, createTenantRegistry } from '@objectstack/runtime';
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

async function registrationFromPool(folder: string): Promise<Figure> {
  const dir = `${folder}/pool`;
  const control = openLocalDatabase({ path: `${folder}/pool-control.db` });
  const registry = createTenantRegistry(control);
  const os = await createRuntime({
    dataPlane: tursoLocal({ dir }),
    registry,
    bundles: createFileBundleStore(`${folder}/pool-bundles`),
    pool: { size: POOL_SIZE },
  });
  await control.execute({ sql: 'CREATE TABLE commits (n)' });
  const isFilled = async () => {
    const entries = await registry.listPooledDatabases();
    return entries.filter(({ status }) => status === 'ready').length === POOL_SIZE;
  };
  const figure = await compare({
    what: 'register a tenant from the warm pool, compared with a durable transaction of the registry',
    target: 5,
    rounds: 30,
    warmUp: 5,
    setUp: async () => {
      while (!(await isFilled())) await new Promise(setImmediate);
    },
    ours: () => os.provisioning.provisionTenant({ orgId: 'bench' }),
    reference: () => control.execute({ sql: 'INSERT INTO commits VALUES (1)' }),
  });
  await os.close();
  return figure;
}

export async function measureRegistrations(folder: string): Promise<Figure[]> {
  return [await registrationFromTemplate(folder), await registrationFromPool(folder)];
}

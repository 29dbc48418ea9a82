import { copyFile, open, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { openLocalDatabase, tursoLocal } from '@objectstack/driver-turso';
import { createRuntime } from '@objectstack/runtime';
import { compare, type Figure } from './measure.js';

const LOOK_UPS = 10_000;
/** Commits of provisioning: the tenant with its first step, the end of all steps with the activation, the marker. */
const COMMITS = 3;

async function copyAndCommit(folder: string, template: string, number: number): Promise<void> {
  const path = `${folder}/copy-${number}.db`;
  await copyFile(template, path);
  const handle = await open(path, 'r');
  await handle.sync();
  await handle.close();
  const client = createClient({ url: pathToFileURL(path).href, concurrency: 1 });
  await client.execute('SELECT count(*) FROM sqlite_schema');
  client.close();
  const control = openLocalDatabase({ path: `${folder}/reference-control.db` });
  for (let commit = 0; commit < COMMITS; commit++)
    await control.execute({ sql: 'INSERT INTO commits VALUES (1)' });
}

export async function measureTenants(folder: string): Promise<Figure[]> {
  const os = await createRuntime({ dataPlane: tursoLocal({ dir: `${folder}/runtime` }) });
  const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'bench' });
  await openLocalDatabase({ path: `${folder}/reference-control.db` }).execute({
    sql: 'CREATE TABLE commits (n)',
  });
  const [template = ''] = await readdir(`${folder}/runtime/tenants`);
  let copies = 0;
  const provision = await compare({
    what: 'provision a tenant, compared with copying a file, opening it and as many durable commits',
    target: 2,
    rounds: 20,
    warmUp: 5,
    ours: () => os.provisioning.provisionTenant({ orgId: 'bench' }),
    reference: () => copyAndCommit(folder, `${folder}/runtime/tenants/${template}`, copies++),
  });
  const cached = new Map([[tenantId, await os.router.getTenantClient(tenantId)]]);
  const lookUp = async (id: string) => cached.get(id);
  const route = await compare({
    what: `${LOOK_UPS} cached getTenantClient, compared with an async look-up in a Map`,
    target: 3,
    rounds: 20,
    warmUp: 5,
    ours: async () => {
      for (let index = 0; index < LOOK_UPS; index++) await os.router.getTenantClient(tenantId);
    },
    reference: async () => {
      for (let index = 0; index < LOOK_UPS; index++) await lookUp(tenantId);
    },
  });
  await os.close();
  return [provision, route];
}

import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { type Client, createClient, type InStatement } from '@libsql/client';
import { createSqliteSchemaDiff, tursoLocal } from '@objectstack/driver-turso';
import { createRuntime, type Runtime } from '@objectstack/runtime';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { compare, type Figure } from './measure.js';

const OBJECTS = 20;
const RECORDS_OF_AN_OBJECT = 50;
const APPS = 20;
const MOST_MS = 50;

const objectsOf = (app: string, count: number): ObjectDefinition[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `${app}__object_${index}`,
    fields: {
      code: { type: 'text', unique: true },
      title: { type: 'text' },
      size: { type: 'number' },
      done: { type: 'boolean' },
    },
  }));

const RECORDS = Array.from({ length: RECORDS_OF_AN_OBJECT }, (_, index) => ({
  code: `c${index}`,
  title: `Title ${index}`,
  size: index,
  done: index % 2 === 0,
}));

const appOf = (name: string, objects: ObjectDefinition[]) => ({
  name,
  namespace: name,
  version: '1.0.0',
  objects,
});

const LARGE = objectsOf('large', OBJECTS);
const LARGE_APP = {
  ...appOf('large', LARGE),
  seedData: LARGE.map(({ name }) => ({ object: name, externalId: 'code', records: RECORDS })),
};

/** The statements that create the tables of the app, and one for each of its records. */
async function rawStatements(os: Runtime): Promise<InStatement[]> {
  const { introspect, diff, generateMigrations } = createSqliteSchemaDiff();
  const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'bench', plan: 'enterprise' });
  const driver = await os.router.getTenantClient(tenantId);
  const { statements } = generateMigrations(diff(await introspect(driver), LARGE), 'sqlite');
  const now = new Date().toISOString();
  const inserts = LARGE.flatMap(({ name }) =>
    RECORDS.map(({ code, title, size, done }) => ({
      sql: `INSERT INTO ${name} (id, created_at, updated_at, code, title, size, done) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      args: [randomUUID(), now, now, code, title, size, Number(done)],
    })),
  );
  return [...statements.map(({ sql }) => sql), ...inserts];
}

async function newTenant(os: Runtime): Promise<string> {
  const { tenantId } = await os.provisioning.provisionTenant({ orgId: 'bench', plan: 'enterprise' });
  const objects = [{ name: 'account', fields: { name: { type: 'text' } } } as const];
  await os.deployments.deploy(tenantId, { manifest: { version: '1.0.0' }, objects });
  return tenantId;
}

async function installation(os: Runtime, folder: string): Promise<Figure> {
  const statements = await rawStatements(os);
  let [tenantId, files] = ['', 0];
  let client: Client | undefined;
  const figure = await compare({
    what: `install an app of ${OBJECTS} objects with ${LARGE.length * RECORDS.length} seed records, compared with the same statements in one batch`,
    target: 2,
    rounds: 20,
    warmUp: 5,
    setUp: async () => {
      tenantId = await newTenant(os);
      client?.close();
      client = createClient({ url: pathToFileURL(`${folder}/app-${files++}.db`).href, concurrency: 1 });
      await client.execute('PRAGMA journal_mode = WAL');
      await client.execute('PRAGMA synchronous = FULL');
    },
    ours: () => os.apps.installApp(tenantId, LARGE_APP, {}),
    reference: async () => client?.batch(statements, 'write'),
  });
  client?.close();
  return figure;
}

async function compatibility(os: Runtime): Promise<Figure> {
  const tenantId = await newTenant(os);
  for (let index = 0; index < APPS; index++) {
    const name = `app${index}`;
    await os.apps.installApp(tenantId, appOf(name, objectsOf(name, 5)), {});
  }
  const { target: _target, ...measured } = (await compare({
    what: `check the compatibility of an app with a tenant of ${APPS} apps`,
    target: 1,
    rounds: 20,
    warmUp: 5,
    ours: () => os.apps.checkCompatibility(tenantId, LARGE_APP),
    reference: async () => undefined,
  })) as Extract<Figure, { target: number }>;
  return { ...measured, targetMs: MOST_MS };
}

export async function measureApps(folder: string): Promise<Figure[]> {
  const os = await createRuntime({ dataPlane: tursoLocal({ dir: `${folder}/apps` }) });
  const figures = [await installation(os, folder), await compatibility(os)];
  await os.close();
  return figures;
}

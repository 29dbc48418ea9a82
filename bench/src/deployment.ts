import { pathToFileURL } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import { createSqliteSchemaDiff, tursoLocal } from '@objectstack/driver-turso';
import type { EmbeddedDataPlane, IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import { compare, type Figure } from './measure.js';
import { sampleObjects } from './sample-objects.js';

const application = sampleObjects(100);
let files = 0;
let applications = 0;

/** The same application under names that this process has not seen, so that nothing that it has cached fits. */
function newApplication(): ObjectDefinition[] {
  const text = JSON.stringify(application).replaceAll('"object_', `"a${applications++}_object_`);
  return JSON.parse(text);
}

/** The database of a new tenant after provisioning. */
async function newTenant({ platform, createDriver, claimDatabase }: EmbeddedDataPlane): Promise<IDataDriver> {
  const databaseName = `tenant-${files++}`;
  const { url } = await platform.createDatabase({ name: databaseName });
  await claimDatabase({ url, databaseName }, databaseName);
  const driver = createDriver({ url, databaseName });
  await driver.connect();
  return driver;
}

async function deploy(driver: IDataDriver, objects = application) {
  const diff = createSqliteSchemaDiff().diff(await createSqliteSchemaDiff().introspect(driver), objects);
  const plan = createSqliteSchemaDiff().generateMigrations(diff, 'sqlite');
  await createSqliteSchemaDiff().applyMigrations(driver, plan);
  return plan;
}

/** An empty file through the client alone, with the same durability. */
async function emptyFile(folder: string): Promise<Client> {
  const client = createClient({
    url: pathToFileURL(`${folder}/raw-${files++}.db`).href,
    concurrency: 1,
  });
  await client.execute('PRAGMA journal_mode = WAL');
  await client.execute('PRAGMA synchronous = FULL');
  return client;
}

export async function measureDeployment(folder: string): Promise<Figure[]> {
  const plane = tursoLocal({ dir: `${folder}/deployment` });
  const deployed = await newTenant(plane);
  const statements = (await deploy(deployed)).statements.map(({ sql }) => sql);
  let tenant = deployed;
  let client = await emptyFile(folder);
  let objects = application;
  const setUp = async () => {
    client.close();
    tenant = await newTenant(plane);
    client = await emptyFile(folder);
    objects = newApplication();
  };
  const first = await compare({
    what: 'diff + plan + apply, 100 objects x 20 fields, of an application that another tenant has, compared with the DDL in one batch',
    target: 1.25,
    rounds: 100,
    warmUp: 20,
    setUp,
    ours: () => deploy(tenant),
    reference: () => client.batch(statements, 'write'),
  });
  const fresh = await compare({
    what: 'the same for an application that this process has not deployed before',
    target: 6,
    rounds: 50,
    warmUp: 20,
    setUp,
    ours: () => deploy(tenant, objects),
    reference: () => client.batch(statements, 'write'),
  });
  const again = await compare({
    what: 'repeated on the deployed database, compared with the first time',
    target: 0.3,
    rounds: 20,
    warmUp: 10,
    setUp,
    ours: () => deploy(deployed),
    reference: () => deploy(tenant),
  });
  client.close();
  await plane.close();
  return [first, fresh, again];
}

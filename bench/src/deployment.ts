import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { createSqliteSchemaDiff, createTursoDriver, openLocalDatabase } from '@objectstack/driver-turso';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { compare, type Figure } from './measure.js';
import { sampleObjects } from './sample-objects.js';

const objects = sampleObjects(100);
let files = 0;

async function emptyDriver(folder: string): Promise<IDataDriver> {
  const path = `${folder}/deployment-${files++}.db`;
  await openLocalDatabase({ path }).execute({ sql: 'SELECT 1' });
  const driver = createTursoDriver({ url: pathToFileURL(path).href });
  await driver.connect();
  return driver;
}

async function deploy(driver: IDataDriver) {
  const diff = createSqliteSchemaDiff().diff(await createSqliteSchemaDiff().introspect(driver), objects);
  const plan = createSqliteSchemaDiff().generateMigrations(diff, 'sqlite');
  await createSqliteSchemaDiff().applyMigrations(driver, plan);
  return plan;
}

/** The same DDL through the client alone, at the same durability. */
async function rawBatch(folder: string, statements: readonly string[]): Promise<void> {
  const client = createClient({ url: pathToFileURL(`${folder}/raw-${files++}.db`).href, concurrency: 1 });
  await client.execute('PRAGMA journal_mode = WAL');
  await client.execute('PRAGMA synchronous = FULL');
  await client.batch([...statements], 'write');
  client.close();
}

export async function measureDeployment(folder: string): Promise<Figure[]> {
  const { statements } = await deploy(await emptyDriver(folder));
  const first = await compare({
    what: 'diff + plan + apply, 100 objects x 20 fields, beside the same DDL in one batch',
    target: 2,
    rounds: 10,
    warmUp: 5,
    ours: async () => deploy(await emptyDriver(folder)),
    reference: () =>
      rawBatch(
        folder,
        statements.map(({ sql }) => sql),
      ),
  });
  const deployed = await emptyDriver(folder);
  await deploy(deployed);
  const again = await compare({
    what: 'the same again on a database that has it, beside the first time',
    target: 0.3,
    rounds: 10,
    warmUp: 3,
    ours: () => deploy(deployed),
    reference: async () => deploy(await emptyDriver(folder)),
  });
  return [first, again];
}

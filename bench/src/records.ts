import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { createTursoDriver, openLocalDatabase } from '@objectstack/driver-turso';
import { compare, type Figure } from './measure.js';
import { sampleObjects } from './sample-objects.js';

const READS = 1_000;

export async function measureRecords(folder: string): Promise<Figure[]> {
  const path = `${folder}/records.db`;
  await openLocalDatabase({ path }).execute({ sql: 'SELECT 1' });
  const driver = createTursoDriver({ url: pathToFileURL(path).href });
  await driver.connect();
  for (const definition of sampleObjects(1)) await driver.syncSchema(definition.name, definition);
  const { id } = await driver.create('object_0', { name: 'Sample', field_1: 7 });
  const client = createClient({ url: pathToFileURL(path).href, concurrency: 1 });
  const raw = { sql: 'SELECT * FROM "object_0" WHERE "id" = ? LIMIT 1', args: [id] };
  const figure = await compare({
    what: `${READS} findOne by id, beside the client's own execute`,
    target: 1.5,
    rounds: 15,
    warmUp: 5,
    ours: async () => {
      for (let read = 0; read < READS; read++) await driver.findOne('object_0', { where: { id } });
    },
    reference: async () => {
      for (let read = 0; read < READS; read++) await client.execute(raw);
    },
  });
  client.close();
  return [figure];
}

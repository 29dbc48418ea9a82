import { pathToFileURL } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import { createTursoDriver, openLocalDatabase } from '@objectstack/driver-turso';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/libsql';
import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { compare, type Figure } from './measure.js';
import { sampleObjects } from './sample-objects.js';

const READS = 1_000;
const ROWS = 1_000;

/**
 * The same data and settings twice: one file for the driver, one for the client, because two clients would block each
 * other.
 */
interface Pair {
  readonly driver: IDataDriver;
  readonly client: Client;
}

async function openDriver(path: string): Promise<IDataDriver> {
  await openLocalDatabase({ path }).execute({ sql: 'SELECT 1' });
  const driver = createTursoDriver({ url: pathToFileURL(path).href });
  await driver.connect();
  for (const definition of sampleObjects(1)) await driver.syncSchema(definition.name, definition);
  return driver;
}

async function openPair(folder: string): Promise<Pair> {
  const driver = await openDriver(`${folder}/driver.db`);
  const other = await openDriver(`${folder}/client.db`);
  await other.disconnect();
  const client = createClient({ url: pathToFileURL(`${folder}/client.db`).href, concurrency: 1 });
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON'])
    await client.execute(`PRAGMA ${pragma}`);
  return { driver, client };
}

function sample(index: number): Record<string, unknown> {
  return {
    name: `Sample ${index}`,
    field_1: index + 0.5,
    field_2: index % 2 === 0,
    field_3: '2026-01-31',
    field_5: 'A text of middling length',
    field_6: index * 2,
    field_10: 'Another text',
  };
}

const COLUMNS = [
  'id',
  'created_at',
  'updated_at',
  'name',
  'field_1',
  'field_2',
  'field_3',
  'field_5',
  'field_6',
  'field_10',
];
const RETURNED = [
  'id',
  'name',
  ...Array.from({ length: 19 }, (_, index) => `field_${index + 1}`),
  'created_at',
  'updated_at',
];
const INSERT = `INSERT INTO "object_0" (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')}) RETURNING ${RETURNED.join(', ')}`;

let inserted = 0;

function rawInsert() {
  const index = inserted++;
  const now = new Date().toISOString();
  const args = [
    `raw-${index}`,
    now,
    now,
    `Sample ${index}`,
    index + 0.5,
    1n,
    '2026-01-31',
    'A text of middling length',
    index * 2,
    'Another text',
  ];
  return { sql: INSERT, args };
}

const table = sqliteTable('object_0', {
  id: text('id').primaryKey(),
  ...Object.fromEntries(
    RETURNED.slice(1).map((name) => [
      name,
      name === 'field_1' ? real(name) : name === 'field_2' ? integer(name) : text(name),
    ]),
  ),
});

async function measureReads({ driver, client }: Pair): Promise<Figure[]> {
  const [first] = await driver.bulkCreate(
    'object_0',
    Array.from({ length: ROWS }, (_, index) => sample(index)),
  );
  const id = String(first?.id);
  await client.batch(Array.from({ length: ROWS }, rawInsert), 'write');
  const known = 'raw-0';
  const one = { sql: 'SELECT * FROM "object_0" WHERE "id" = ? LIMIT 1', args: [known] };
  const all = `SELECT ${RETURNED.join(', ')} FROM "object_0" ORDER BY "id" LIMIT ${ROWS}`;
  const orm = drizzle(client);
  const findOnes = async () => {
    for (let read = 0; read < READS; read++) await driver.findOne('object_0', { where: { id } });
  };
  return [
    await compare({
      what: `${READS} findOne by id, compared with the client's own execute`,
      target: 1.5,
      rounds: 15,
      warmUp: 5,
      ours: findOnes,
      reference: async () => {
        for (let read = 0; read < READS; read++) await client.execute(one);
      },
    }),
    await compare({
      what: `${READS} findOne by id, compared with drizzle-orm`,
      target: 1,
      rounds: 15,
      warmUp: 5,
      ours: findOnes,
      reference: async () => {
        for (let read = 0; read < READS; read++)
          await orm.select().from(table).where(sql`${table.id} = ${known}`).limit(1);
      },
    }),
    await compare({
      what: `find of ${ROWS} records, compared with the client's own execute`,
      target: 1.6,
      rounds: 30,
      warmUp: 10,
      ours: () => driver.find('object_0', { limit: ROWS }),
      reference: () => client.execute(all),
    }),
  ];
}

async function measureWrites({ driver, client }: Pair): Promise<Figure[]> {
  let created = 0;
  return [
    await compare({
      what: 'create, one durable commit, compared with the client',
      target: 1.6,
      rounds: 200,
      warmUp: 20,
      ours: () => driver.create('object_0', sample(created++)),
      reference: () => client.execute(rawInsert()),
    }),
    await compare({
      what: `bulkCreate of ${ROWS} records, compared with client.batch`,
      target: 1.3,
      rounds: 15,
      warmUp: 5,
      ours: () =>
        driver.bulkCreate(
          'object_0',
          Array.from({ length: ROWS }, () => sample(created++)),
        ),
      reference: () => client.batch(Array.from({ length: ROWS }, rawInsert), 'write'),
    }),
  ];
}

/** Two drivers on files of their own, one of which has a quota of records. */
async function measureQuota(folder: string): Promise<Figure> {
  const unlimited = await openDriver(`${folder}/unlimited.db`);
  const plain = await openDriver(`${folder}/limited.db`);
  const limited = createTursoDriver(
    { url: pathToFileURL(`${folder}/limited.db`).href },
    { quotas: () => ({ maxRecordsPerObject: 1_000_000 }) },
  );
  await limited.connect();
  await plain.disconnect();
  let created = 0;
  const figure = await compare({
    what: 'create with a quota of records, compared with the driver without one',
    target: 1.15,
    rounds: 400,
    warmUp: 40,
    ours: () => limited.create('object_0', sample(created++)),
    reference: () => unlimited.create('object_0', sample(created++)),
  });
  await Promise.all([limited.disconnect(), unlimited.disconnect()]);
  return figure;
}

export async function measureRecords(folder: string): Promise<Figure[]> {
  const pair = await openPair(folder);
  const figures = [...(await measureReads(pair)), ...(await measureWrites(pair))];
  figures.push(await measureQuota(folder));
  pair.client.close();
  await pair.driver.disconnect();
  return figures;
}

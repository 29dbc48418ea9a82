import { copyFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { type Client, createClient } from '@libsql/client';
import { createSqliteSchemaDiff, createTursoDriver, openLocalDatabase } from '@objectstack/driver-turso';
import { desiredSchema, diff } from '@objectstack/driver-turso/schema';
import type { IDataDriver } from '@objectstack/spec/contracts';
import type { ObjectDefinition } from '@objectstack/spec/data';
import type { MigrationPlan } from '@objectstack/spec/system';
import { compare, type Figure, median } from './measure.js';
import { sampleObjects } from './sample-objects.js';

const { introspect, generateMigrations, applyMigrations } = createSqliteSchemaDiff();
const ROWS = 100_000;
const ROUNDS = 5;
const WARM_UP = 1;

const item = (isStrict: boolean): ObjectDefinition => ({
  name: 'item',
  fields: {
    a: { type: 'number', index: true },
    b: { type: 'text', index: true },
    c: { type: 'text', ...(isStrict && { storage: { notNull: true } }) },
  },
});

async function planFor(driver: IDataDriver, objects: readonly ObjectDefinition[]): Promise<MigrationPlan> {
  const current = await introspect(driver);
  return generateMigrations(createSqliteSchemaDiff().diff(current, objects), 'sqlite');
}

async function open(path: string): Promise<IDataDriver> {
  await openLocalDatabase({ path }).execute({ sql: 'SELECT 1' });
  const driver = createTursoDriver({ url: pathToFileURL(path).href });
  await driver.connect();
  return driver;
}

/** A file with 100,000 records and two indexes. */
async function filledFile(path: string): Promise<void> {
  const driver = await open(path);
  await applyMigrations(driver, await planFor(driver, [item(false)]));
  await driver.execute(
    `INSERT INTO item (id, created_at, updated_at, a, b, c)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      SELECT printf('%08d', i), '2026', '2026', i * 7919 % 100003, 'text ' || i * 104729 % 100003, 'c' FROM n`,
    [ROWS],
  );
  await driver.execute('PRAGMA wal_checkpoint');
  await driver.disconnect();
}

/** The manual procedure: foreign keys off, rename, create, copy, drop, and the indexes again, in one transaction. */
function recipe({ statements }: MigrationPlan): string[] {
  const indexes = statements.flatMap(({ kind, sql }) => (kind === 'create_index' ? [sql] : []));
  const create = statements.find(({ sql }) => sql.startsWith('CREATE TABLE "item"'))?.sql ?? '';
  const columns = 'id, created_at, updated_at, a, b, c';
  return [
    `CREATE TABLE aside AS SELECT rowid AS r, ${columns} FROM item`,
    'DROP TABLE item',
    create,
    `INSERT INTO item (rowid, ${columns}) SELECT r, ${columns} FROM aside`,
    'DROP TABLE aside',
    ...indexes,
  ];
}

async function rawClient(path: string): Promise<Client> {
  const client = createClient({ url: pathToFileURL(path).href, concurrency: 1 });
  await client.execute('PRAGMA journal_mode = WAL');
  await client.execute('PRAGMA synchronous = FULL');
  return client;
}

async function measureRebuild(folder: string): Promise<Figure> {
  const template = `${folder}/rebuild.db`;
  await filledFile(template);
  const drivers: IDataDriver[] = [];
  const clients: Client[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const paths = ['ours', 'raw'].map((name) => `${folder}/rebuild-${name}-${round}.db`);
    for (const path of paths) await copyFile(template, path);
    drivers.push(await open(paths[0] ?? ''));
    clients.push(await rawClient(paths[1] ?? ''));
  }
  const plan = await planFor(drivers[0] as IDataDriver, [item(true)]);
  const statements = recipe(plan);
  return compare({
    what: `apply with a rebuild of ${ROWS} rows and 2 indexes, compared with the manual procedure`,
    target: 1.3,
    rounds: ROUNDS,
    warmUp: WARM_UP,
    ours: () => applyMigrations(drivers.pop() as IDataDriver, plan),
    reference: () => (clients.pop() as Client).migrate(statements),
  });
}

async function measureSecondPlan(folder: string): Promise<Figure> {
  const objects = sampleObjects(100);
  const driver = await open(`${folder}/second-plan.db`);
  const plan = await planFor(driver, objects);
  await applyMigrations(driver, plan);
  let files = 0;
  return compare({
    what: 'plan again with nothing changed, 100 objects, read from the database, compared with the DDL in one batch',
    target: 1,
    rounds: 10,
    warmUp: 3,
    ours: () => planFor(driver, objects),
    reference: async () => {
      const client = await rawClient(`${folder}/second-raw-${files++}.db`);
      await client.batch(
        plan.statements.map(({ sql }) => sql),
        'write',
      );
      client.close();
    },
  });
}

export const measureMigrations = async (folder: string): Promise<Figure[]> => [
  await measureSecondPlan(folder),
  await measureRebuild(folder),
];

/** How the cost of a diff scales: one more field in every object. */
export function printGrowth(): void {
  const rows = [250, 500, 1_000, 2_000].map((count) => {
    const before = desiredSchema({ objects: sampleObjects(count) });
    const after = sampleObjects(count).map((object) => ({
      ...object,
      fields: { ...object.fields, more: { type: 'text' as const } },
    }));
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      diff(before, after);
      return performance.now() - start;
    });
    const ms = median(times);
    return {
      objects: count,
      'diff ms': Number(ms.toFixed(1)),
      'µs an object': Math.round((ms * 1000) / count),
    };
  });
  console.table(rows);
}

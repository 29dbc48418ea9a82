import { copyFile, readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createTursoDriver, openLocalDatabase, tursoLocal } from '@objectstack/driver-turso';
import { createRuntime } from '@objectstack/runtime';
import type { IDataDriver } from '@objectstack/spec/contracts';
import { CONCURRENCY, createFleet } from './fleet.js';
import { sampleObjects } from './sample-objects.js';

const MEBIBYTE = 2 ** 20;

/** Result of a measuring process. */
export type Scale = Readonly<Record<string, number>>;

async function openNew(path: string): Promise<IDataDriver> {
  await openLocalDatabase({ path }).execute({ sql: 'SELECT 1' });
  const driver = createTursoDriver({ url: pathToFileURL(path).href });
  await driver.connect();
  for (const definition of sampleObjects(1)) await driver.syncSchema(definition.name, definition);
  return driver;
}

async function descriptors(): Promise<number> {
  return (await readdir('/proc/self/fd').catch(() => [])).length;
}

/** Opens one tenant's file after the other, each with a read and a write, and keeps every driver open. */
async function openMany(folder: string, count: number): Promise<Scale> {
  const template = `${folder}/template.db`;
  const first = await openNew(template);
  await first.execute('PRAGMA wal_checkpoint');
  await first.disconnect();
  const baseline = process.memoryUsage().rss;
  const drivers: IDataDriver[] = [];
  let mostDescriptors = 0;
  for (let index = 0; index < count; index++) {
    const path = `${folder}/tenant-${index}.db`;
    await copyFile(template, path);
    const driver = createTursoDriver({ url: pathToFileURL(path).href });
    await driver.connect();
    await driver.create('object_0', { name: `Tenant ${index}` });
    if ((await driver.count('object_0')) !== 1)
      throw new Error(`tenant ${index} does not contain exactly its record`);
    drivers.push(driver);
    if (index % 100 === 0) mostDescriptors = Math.max(mostDescriptors, await descriptors());
  }
  for (const driver of drivers.slice(0, 100)) await driver.findOne('object_0');
  return {
    tenants: count,
    mostDescriptors,
    'KiB per tenant': (process.memoryUsage().rss - baseline) / 1024 / count,
  };
}

/** Reads every record of a large table while measuring memory. */
async function streamAll(folder: string, count: number): Promise<Scale> {
  const driver = await openNew(`${folder}/stream.db`);
  await driver.execute(
    `INSERT INTO "object_0" (id, created_at, updated_at, name, field_1)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
      SELECT printf('%08d', i), '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'Record ' || i, i FROM n`,
    [count],
  );
  for await (const _record of driver.findStream('object_0', { limit: 2_000 }));
  globalThis.gc?.();
  const baseline = process.memoryUsage().rss;
  const start = performance.now();
  let records = 0;
  let most = 0;
  for await (const _record of driver.findStream('object_0')) {
    if (++records % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss - baseline);
  }
  if (records !== count) throw new Error(`${records} of ${count} records were returned`);
  await driver.disconnect();
  return { records, seconds: (performance.now() - start) / 1000, 'MiB above baseline': most / MEBIBYTE };
}

/** Memory in use after a garbage collection, in MiB. */
function usedMebibytes(): number {
  globalThis.gc?.();
  return Math.round((process.memoryUsage().heapUsed / MEBIBYTE) * 10) / 10;
}

/** Plans a rollout and runs it; memory must not grow with the number of tenants that were migrated. */
async function rollOutMany(folder: string, count: number): Promise<Scale> {
  const os = await createRuntime({ dataPlane: tursoLocal({ dir: `${folder}/large-fleet` }) });
  await createFleet(os, count);
  const created = usedMebibytes();
  const { rolloutId, durationMs } = await os.fleet.planRollout('2');
  const planned = usedMebibytes();
  const waves = [{ percent: 20 }, { percent: 80 }];
  const start = performance.now();
  await os.fleet.startRollout(rolloutId, { concurrency: CONCURRENCY, canary: null, waves });
  let atOneFifth = 0;
  for await (const { wave } of os.fleet.watchRollout(rolloutId))
    if (atOneFifth === 0 && wave > 1) atOneFifth = usedMebibytes();
  const seconds = (performance.now() - start) / 1_000;
  const { progress } = await os.fleet.getRollout(rolloutId);
  if (progress.states.deployed !== count) throw new Error('The rollout did not reach every tenant.');
  const atTheEnd = usedMebibytes();
  await os.close();
  return {
    tenants: count,
    'planned in s': durationMs / 1_000,
    'rolled out in s': seconds,
    'MiB before': created,
    'MiB planned': planned,
    'MiB after 20 %': atOneFifth,
    'MiB at the end': atTheEnd,
  };
}

const MEASURES = { open: openMany, stream: streamAll, rollout: rollOutMany } as const;

const [what = '', folder = '', count = '0'] = process.argv.slice(2);
const measure = MEASURES[what as keyof typeof MEASURES];
console.log(JSON.stringify(await measure(folder, Number(count))));

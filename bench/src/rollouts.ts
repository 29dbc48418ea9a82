import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { tursoLocal } from '@objectstack/driver-turso';
import { createRuntime, type Runtime } from '@objectstack/runtime';
import { defineBundle } from '@objectstack/spec/system';
import type { Figure } from './measure.js';

const TENANTS = 1_000;
const CONCURRENCY = 8;
const TARGET = 1.5;
/** Tenants per second that a rollout must reach whatever the raw loop does. */
const TENANTS_PER_SECOND = 150;
const PLANNED_WITHIN_MS = 3_000;

const FIELDS = { name: { type: 'text' }, email: { type: 'email' } } as const;

const FIRST = defineBundle({
  manifest: { version: '1.0.0' },
  objects: [{ name: 'account', fields: FIELDS }],
});

/** One added field with an index. */
const SECOND = defineBundle({
  manifest: { version: '2.0.0' },
  objects: [{ name: 'account', fields: { ...FIELDS, rating: { type: 'number', index: true } } }],
});

async function openFleet(dir: string): Promise<Runtime> {
  const os = await createRuntime({ dataPlane: tursoLocal({ dir }) });
  await os.fleet.createRelease(FIRST, { name: '1' });
  await os.fleet.createRelease(SECOND, { name: '2' });
  await os.fleet.setChannel('stable', '1');
  for (let tenant = 0; tenant < TENANTS; tenant++)
    await os.provisioning.provisionTenant({ orgId: `org-${tenant}` });
  return os;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The same DDL in one transaction for each database, with the same concurrency and durability. */
async function rawLoop(dir: string): Promise<void> {
  const files = (await readdir(dir)).filter((file) => file.endsWith('.db'));
  let next = 0;
  const work = async () => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      const client = createClient({ url: pathToFileURL(`${dir}/${file}`).href, concurrency: 1 });
      await client.execute('PRAGMA synchronous = FULL');
      await client.batch(
        [
          'ALTER TABLE "account" ADD COLUMN "raw_rating" REAL',
          'CREATE INDEX "account_raw_rating" ON "account" ("raw_rating")',
        ],
        'write',
      );
      client.close();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}

/** A release with one added field and its index to 1,000 local tenants, compared with a loop over their databases. */
export async function measureRollouts(folder: string): Promise<Figure[]> {
  const dir = `${folder}/fleet`;
  const os = await openFleet(dir);
  let rolloutId = '';
  const planned = await timed(async () => {
    rolloutId = (await os.fleet.planRollout('2')).rolloutId;
  });
  const rolledOut = await timed(async () => {
    await os.fleet.startRollout(rolloutId, { concurrency: CONCURRENCY });
    await os.fleet.waitForRollout(rolloutId);
  });
  const { progress } = await os.fleet.getRollout(rolloutId);
  if (progress.states.deployed !== TENANTS) throw new Error('The rollout did not reach every tenant.');
  await os.close();
  const raw = await timed(() => rawLoop(`${dir}/tenants`));
  const allowed = Math.min(TARGET * raw, (TENANTS / TENANTS_PER_SECOND) * 1_000);
  return [
    {
      what: `roll out an indexed field to ${TENANTS} tenants, compared with a loop of the same statements, or ${TENANTS_PER_SECOND} tenants per second if that is stricter`,
      ours: rolledOut,
      reference: allowed / TARGET,
      target: TARGET,
    },
    {
      what: `plan a rollout to ${TENANTS} tenants`,
      ours: planned,
      reference: 0,
      targetMs: PLANNED_WITHIN_MS,
    },
  ];
}

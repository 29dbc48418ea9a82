import { cp } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createClient, type InStatement } from '@libsql/client';
import { tursoLocal } from '@objectstack/driver-turso';
import { createRuntime } from '@objectstack/runtime';
import { concurrently, createFleet, FLEET_TENANTS, rollOut, timed } from './fleet.js';
import type { Figure } from './measure.js';
import { type Batches, recordingPlane } from './recorded-batches.js';

const TARGET = 1.5;
/** Tenants per second that a rollout must reach whatever the raw loop does. */
const TENANTS_PER_SECOND = 150;
const PLANNED_WITHIN_MS = 3_000;

/** The same transaction in a copy of each database, with the same concurrency and durability. */
async function rawLoop(dir: string, batches: Batches): Promise<void> {
  await concurrently([...batches], async ([name, statements]) => {
    const client = createClient({ url: pathToFileURL(`${dir}/${name}.db`).href, concurrency: 1 });
    await client.execute('PRAGMA synchronous = FULL');
    await client.batch([...statements] as InStatement[], 'write');
    client.close();
  });
}

/** A release with one added field and its index to local tenants, compared with a loop over copies of their databases. */
export async function measureRollouts(folder: string): Promise<Figure[]> {
  const dir = `${folder}/fleet`;
  const raw = `${folder}/raw-fleet`;
  const batches: Batches = new Map();
  const os = await createRuntime({ dataPlane: recordingPlane(tursoLocal({ dir }), batches) });
  await createFleet(os, FLEET_TENANTS);
  let rolloutId = '';
  const planned = await timed(async () => {
    rolloutId = (await os.fleet.planRollout('2')).rolloutId;
  });
  const { groups } = (await os.fleet.getRollout(rolloutId)).plan;
  if (groups.length !== 1) throw new Error('The tenants have the same base, but more than one plan.');
  await cp(`${dir}/tenants`, raw, { recursive: true });
  batches.clear();
  const rolledOut = await timed(() => rollOut(os, rolloutId, FLEET_TENANTS));
  await os.close();
  const looped = await timed(() => rawLoop(raw, batches));
  return [
    {
      what: `roll out an indexed field to ${FLEET_TENANTS} tenants, compared with a loop of the same transactions`,
      ours: rolledOut,
      reference: looped,
      target: TARGET,
    },
    {
      what: `roll out an indexed field to ${FLEET_TENANTS} tenants, compared with ${TENANTS_PER_SECOND} tenants per second`,
      ours: rolledOut,
      reference: (FLEET_TENANTS / TENANTS_PER_SECOND) * 1_000,
      target: 1,
    },
    {
      what: `plan a rollout to ${FLEET_TENANTS} tenants`,
      ours: planned,
      reference: 0,
      targetMs: PLANNED_WITHIN_MS,
    },
  ];
}

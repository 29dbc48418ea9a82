import { setTimeout as delay } from 'node:timers/promises';
import { describeTursoPlatformService } from '@objectstack/conformance';
import { IS_EXHAUSTIVE, onlyRequirements, whyNoSwift } from '@objectstack/testing';
import { describe, expect, it } from 'vitest';
import { createBucket } from './create-bucket.js';
import { openapiProblems } from './openapi-problems.js';
import { platformDatabase } from './platform-database.js';
import { call, driverOf, EMULATOR_SUPPORTS, type SharedEmulator, sharedEmulator } from './shared-emulator.js';

const HOUR_MS = 3_600_000;
/** Interval of the copies, the second that is cut off from a timestamp, and a margin. */
const GAP_MS = 4_000;

/** A test of the runtime restores a tenant with such an emulator in both tiers. */
const reason = IS_EXHAUSTIVE ? whyNoSwift() : 'only in the exhaustive tier';
if (reason) console.info(`skipped: seed.timestamp of the emulator: ${reason}`);

async function createdWith(
  shared: SharedEmulator,
  body: object,
): Promise<{ status: number; error?: string }> {
  const answer = await call(shared, 'databases', { method: 'POST', body: { group: 'default', ...body } });
  return { status: answer.status, ...(answer.body?.error && { error: answer.body.error }) };
}

async function open({ client }: SharedEmulator, name: string) {
  const url = (await client.getDatabase(name))?.url ?? '';
  return platformDatabase(driverOf(url, (await client.createToken(name, 'full-access', 60)).jwt));
}

const seedOf = (name: string, time: number) => ({
  seed: { type: 'database', name, timestamp: new Date(time).toISOString() },
});

describe('startTursoEmulator without a backup', () => {
  const shared = sharedEmulator();

  it('refuses seed.timestamp, and creates nothing', async () => {
    await createdWith(shared(), { name: 'one' });
    expect(await createdWith(shared(), { name: 'two', ...seedOf('one', Date.now()) })).toEqual({
      status: 400,
      error: expect.stringContaining('without a backup'),
    });
    const creating = shared().client.createDatabase({
      name: 'two',
      seed: { type: 'database', name: 'one', timestamp: new Date().toISOString() },
    });
    await expect(creating).rejects.toMatchObject({ code: 'point_in_time_unavailable' });
    expect((await call(shared(), 'databases/two')).status).toBe(404);
  });
});

const backedUp = sharedEmulator(async () => (reason ? {} : { backup: await createBucket() }));

describeTursoPlatformService(
  { describe, it: onlyRequirements(it, (name) => name.includes('/point-in-time/'), reason) },
  {
    name: 'on Turso Cloud (emulated with a backup)',
    supports: EMULATOR_SUPPORTS,
    create: async () => ({
      platform: backedUp().client,
      group: 'default',
      open: async ({ url }, token) => platformDatabase(driverOf(url, token)),
    }),
  },
);

describe.skipIf(reason !== undefined)('startTursoEmulator with a backup', () => {
  it('creates a database with the state of a time, and refuses times without one', async () => {
    await createdWith(backedUp(), { name: 'one' });
    const one = await open(backedUp(), 'one');
    await one.write('before');
    await delay(GAP_MS);
    const time = Date.now();
    await one.write('after');
    expect(await createdWith(backedUp(), { name: 'two', ...seedOf('one', time) })).toEqual({ status: 200 });
    expect(await (await open(backedUp(), 'two')).read()).toEqual(['before']);
    const statuses: number[] = [];
    for (const wrong of [Date.now() + HOUR_MS, Date.now() - 25 * HOUR_MS, Date.now() - HOUR_MS])
      statuses.push((await createdWith(backedUp(), { name: 'three', ...seedOf('one', wrong) })).status);
    const seed = { type: 'database', name: 'one', timestamp: 'yesterday' };
    statuses.push((await createdWith(backedUp(), { name: 'three', seed })).status);
    expect(statuses).toEqual([400, 400, 400, 400]);
    expect((await call(backedUp(), 'databases/three')).status).toBe(404);
    expect(openapiProblems(backedUp().exchanges.filter(({ status }) => status === 200))).toEqual([]);
  });
});

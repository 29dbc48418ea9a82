import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { refused } from '../kit/refused.js';
import { needs, type PlatformCheck, type PlatformChecks } from './platform-check.js';
import type { PlatformTrial } from './platform-trial.js';

const HOUR_MS = 3_600_000;
const MARGIN_MS = 50;

const check = (behavior: string, run: (trial: PlatformTrial) => Promise<void>): PlatformCheck =>
  needs('pointInTimeGapMs', behavior, run);

const at = (name: string, time: number) => ({
  seed: { type: 'database' as const, name, timestamp: new Date(time).toISOString() },
});

/** Waits until a copy must contain what was written before. */
const afterGap = ({ platform }: PlatformTrial) =>
  delay((platform.supports.pointInTimeGapMs ?? 0) + MARGIN_MS);

async function refusedAt(trial: PlatformTrial, time: number): Promise<void> {
  const { name, database } = await trial.create();
  await database.write('latest');
  const request = trial.request(at(name, time));
  await refused(trial.platform.createDatabase(request), 'point_in_time_unavailable');
  assert.equal(await trial.platform.getDatabase(request.name), null);
}

export const POINT_IN_TIME_CHECKS: PlatformChecks = {
  earlier: check('copies what was committed before the timestamp, and nothing later', async (trial) => {
    const { name, database } = await trial.create();
    await database.write('before');
    await afterGap(trial);
    const time = Date.now();
    await delay(MARGIN_MS);
    await database.write('after');
    const copy = await trial.create(at(name, time));
    assert.deepEqual(await copy.database.read(), ['before']);
    await copy.database.write('copy');
    assert.deepEqual(await database.read(), ['before', 'after']);
  }),
  future: check('rejects a timestamp in the future, and creates nothing', (trial) =>
    refusedAt(trial, Date.now() + HOUR_MS),
  ),
  past: check('rejects a timestamp before the database was created, and creates nothing', (trial) =>
    refusedAt(trial, Date.now() - HOUR_MS),
  ),
};

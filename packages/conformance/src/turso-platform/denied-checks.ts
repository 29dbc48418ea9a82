import assert from 'node:assert/strict';
import type { ErrorCode } from '@objectstack/spec/shared';
import { refused } from '../kit/refused.js';
import { must, type PlatformChecks } from './platform-check.js';

const CODE: ErrorCode = 'not_supported';
const BLOCK = { blockReads: true, blockWrites: true };

/** Calls that a platform without the capability must reject. */
export const DENIED_CHECKS: PlatformChecks = {
  tokens: must('rejects calls for tokens', async (trial) => {
    const { name } = await trial.create();
    await refused(trial.platform.createToken(name, 'read-only'), CODE);
    await refused(trial.platform.revokeToken(name), CODE);
  }),
  access: must('rejects calls that block access', async (trial) => {
    const { name, database } = await trial.create();
    await refused(trial.platform.setDatabaseAccess(name, BLOCK), CODE);
    assert.deepEqual(await database.read(), []);
  }),
  seed: must('rejects a copy, and creates nothing', async (trial) => {
    const { name } = await trial.create();
    const request = trial.request({ seed: { type: 'database', name } });
    await refused(trial.platform.createDatabase(request), CODE);
    assert.equal(await trial.platform.getDatabase(request.name), null);
  }),
  pointInTimeGapMs: must('rejects a copy of an earlier state, and creates nothing', async (trial) => {
    const { name } = await trial.create();
    const request = trial.request({ seed: { type: 'database', name, timestamp: new Date().toISOString() } });
    await refused(trial.platform.createDatabase(request), CODE);
    assert.equal(await trial.platform.getDatabase(request.name), null);
  }),
  sizeLimit: must('rejects a size limit, and creates nothing', async (trial) => {
    const { name } = await trial.create();
    await refused(trial.platform.setSizeLimit(name, 1_048_576), CODE);
    const request = trial.request({ sizeLimitBytes: 1_048_576 });
    await refused(trial.platform.createDatabase(request), CODE);
    assert.equal(await trial.platform.getDatabase(request.name), null);
  }),
};

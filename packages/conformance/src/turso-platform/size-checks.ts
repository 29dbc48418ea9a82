import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { must, NEVER_CREATED, needs, type PlatformChecks } from './platform-check.js';
import type { PlatformTestDatabase } from './platform-trial.js';

const MEBIBYTE = 1_048_576;
const TEXT = 'x'.repeat(MEBIBYTE / 4);
const SMALL = 512 * 1_024;
const LARGE = 8 * MEBIBYTE;

/** Writes until the database is full; fails if it never is. */
async function fill(database: PlatformTestDatabase): Promise<void> {
  const writing = async () => {
    for (let count = 0; count < 16; count++) await database.write(TEXT);
  };
  await refused(writing(), 'database_full');
}

export const SIZE_CHECKS: PlatformChecks = {
  'on-create': needs('sizeLimit', 'limits the size of a new database', async (trial) => {
    const { database } = await trial.create({ sizeLimitBytes: MEBIBYTE });
    await database.write('small');
    await fill(database);
    assert.equal((await database.read())[0], 'small');
  }),
  later: needs('sizeLimit', 'limits the size of a database in use', async (trial) => {
    const { name, database } = await trial.create();
    await database.write('small');
    await trial.platform.setSizeLimit(name, MEBIBYTE);
    await fill(database);
  }),
  raised: needs('sizeLimit', 'permits writes after the limit was raised', async (trial) => {
    const { name, database } = await trial.create({ sizeLimitBytes: MEBIBYTE });
    await fill(database);
    await trial.platform.setSizeLimit(name, LARGE);
    await database.write(TEXT);
  }),
  below: needs('sizeLimit', 'a limit below the size retains the data and prevents growth', async (trial) => {
    const { name, database } = await trial.create();
    for (let count = 0; count < 4; count++) await database.write(TEXT);
    await trial.platform.setSizeLimit(name, SMALL);
    assert.equal((await database.read()).length, 4);
    await fill(database);
  }),
  'beside-blocks': needs('sizeLimit', 'limit and blocks do not replace each other', async (trial) => {
    const { name, database } = await trial.create({ sizeLimitBytes: MEBIBYTE });
    if (!trial.platform.supports.access) return;
    await trial.platform.setDatabaseAccess(name, { blockReads: false, blockWrites: true });
    await trial.platform.setSizeLimit(name, 2 * MEBIBYTE);
    await refused(database.write('a'), 'database_blocked');
    await trial.platform.setDatabaseAccess(name, { blockReads: false, blockWrites: false });
    await fill(database);
  }),
  invalid: needs('sizeLimit', 'rejects a limit that is not a positive integer', async (trial) => {
    const { name } = await trial.create();
    for (const sizeLimitBytes of [0, -1, 1.5, Number.NaN]) {
      await refused(trial.platform.setSizeLimit(name, sizeLimitBytes), 'invalid_request');
      const request = trial.request({ sizeLimitBytes });
      await refused(trial.platform.createDatabase(request), 'invalid_request');
      assert.equal(await trial.platform.getDatabase(request.name), null);
    }
  }),
  unknown: needs('sizeLimit', 'rejects an unknown database', async ({ platform }) => {
    await refused(platform.setSizeLimit(NEVER_CREATED, MEBIBYTE), 'database_not_found');
  }),
  aborted: needs('sizeLimit', 'limits nothing if the call was aborted before', async (trial) => {
    const { name, database } = await trial.create();
    const limiting = trial.platform.setSizeLimit(name, SMALL, { signal: AbortSignal.abort() });
    await refused(limiting, 'aborted');
    for (let count = 0; count < 4; count++) await database.write(TEXT);
  }),
};

export const USAGE_CHECKS: PlatformChecks = {
  grows: must('reports a size that grows with the data', async (trial) => {
    const { name, database } = await trial.create();
    const before = await trial.platform.getDatabaseUsage(name);
    for (let count = 0; count < 4; count++) await database.write(TEXT);
    const after = await trial.platform.getDatabaseUsage(name);
    assert.ok(after.storageBytes >= before.storageBytes + MEBIBYTE, `${after.storageBytes}`);
  }),
  unknown: must('rejects an unknown database', async ({ platform }) => {
    await refused(platform.getDatabaseUsage(NEVER_CREATED), 'database_not_found');
  }),
};

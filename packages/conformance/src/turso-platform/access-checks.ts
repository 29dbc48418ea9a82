import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { NEVER_CREATED, needs, type PlatformChecks } from './platform-check.js';

const ALL = { blockReads: true, blockWrites: true };
const WRITES = { blockReads: false, blockWrites: true };
const NONE = { blockReads: false, blockWrites: false };

export const ACCESS_CHECKS: PlatformChecks = {
  all: needs('access', 'blocks reads and writes, also of a database in use', async (trial) => {
    const { info, name, database } = await trial.create();
    await database.write('a');
    await trial.platform.setDatabaseAccess(name, ALL);
    for (const opened of [database, await trial.open(info)]) {
      await refused(opened.read(), 'database_blocked');
      await refused(opened.write('b'), 'database_blocked');
    }
  }),
  writes: needs('access', 'blocks only writes', async (trial) => {
    const { info, name, database } = await trial.create();
    await database.write('a');
    await trial.platform.setDatabaseAccess(name, WRITES);
    for (const opened of [database, await trial.open(info)]) {
      assert.deepEqual(await opened.read(), ['a']);
      await refused(opened.write('b'), 'database_blocked');
    }
    assert.deepEqual(await database.read(), ['a']);
  }),
  permits: needs('access', 'permits both again, with all data', async (trial) => {
    const { name, database } = await trial.create();
    await database.write('a');
    for (const access of [ALL, WRITES, NONE]) await trial.platform.setDatabaseAccess(name, access);
    assert.deepEqual(await database.read(), ['a']);
    await database.write('b');
    assert.deepEqual(await database.read(), ['a', 'b']);
  }),
  reported: needs('access', 'get and list report what is blocked', async (trial) => {
    const { name } = await trial.create();
    for (const access of [WRITES, ALL, NONE]) {
      await trial.platform.setDatabaseAccess(name, access);
      const listed = (await trial.platform.listDatabases()).find((one) => one.name === name);
      for (const info of [await trial.platform.getDatabase(name), listed]) {
        assert.equal(info?.blockReads, access.blockReads);
        assert.equal(info?.blockWrites, access.blockWrites);
      }
    }
  }),
  repeated: needs('access', 'can be repeated', async (trial) => {
    const { name, database } = await trial.create();
    for (const access of [ALL, ALL, NONE, NONE]) await trial.platform.setDatabaseAccess(name, access);
    assert.deepEqual(await database.read(), []);
  }),
  others: needs('access', 'does not affect other databases', async (trial) => {
    const [one, other] = [await trial.create(), await trial.create()];
    await trial.platform.setDatabaseAccess(one.name, ALL);
    await other.database.write('a');
    assert.deepEqual(await other.database.read(), ['a']);
  }),
  unknown: needs('access', 'rejects an unknown database', async ({ platform }) => {
    await refused(platform.setDatabaseAccess(NEVER_CREATED, ALL), 'database_not_found');
  }),
  aborted: needs('access', 'blocks nothing if the call was aborted before', async (trial) => {
    const { name, database } = await trial.create();
    const blocking = trial.platform.setDatabaseAccess(name, ALL, { signal: AbortSignal.abort() });
    await refused(blocking, 'aborted');
    await database.write('a');
  }),
};

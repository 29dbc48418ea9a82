import assert from 'node:assert/strict';
import { TursoDatabaseInfoSchema } from '@objectstack/spec/data';
import { refused } from '../kit/refused.js';
import { INVALID_NAMES, must, type PlatformChecks } from './platform-check.js';

const CONCURRENT = 5;

export const CREATE_CHECKS: PlatformChecks = {
  empty: must('creates an empty database that can be read and written', async (trial) => {
    const { database } = await trial.create();
    assert.deepEqual(await database.read(), []);
    await database.write('a');
    await database.write('b');
    assert.deepEqual(await database.read(), ['a', 'b']);
  }),
  'for-tenant': must(
    'creates a database for a tenant that can be read and written like any other',
    async (trial) => {
      const { name, database } = await trial.create({ tenantId: 'a'.repeat(26) });
      assert.deepEqual(await database.read(), []);
      await database.write('a');
      assert.deepEqual(await database.read(), ['a']);
      assert.deepEqual(await trial.listed(), [name]);
    },
  ),
  answers: must('returns the name, the id and the URL of the database', async (trial) => {
    const request = trial.request();
    const info = await trial.platform.createDatabase(request);
    assert.deepEqual(TursoDatabaseInfoSchema.parse(info), info);
    assert.equal(info.name, request.name);
  }),
  found: must('get and list return the same id and URL', async (trial) => {
    const { info, name } = await trial.create();
    const got = await trial.platform.getDatabase(name);
    const [listed] = (await trial.platform.listDatabases()).filter((one) => one.name === name);
    for (const found of [got, listed]) {
      assert.deepEqual(TursoDatabaseInfoSchema.parse(found), found);
      assert.equal(found?.dbId, info.dbId);
      assert.equal(found?.url, info.url);
    }
  }),
  exists: must('rejects a name in use, and the database is unchanged', async (trial) => {
    const { name, database } = await trial.create();
    await database.write('first');
    await refused(trial.platform.createDatabase(trial.request({ name })), 'database_exists');
    assert.deepEqual(await database.read(), ['first']);
  }),
  concurrent: must('creates one database if several calls use a name at once', async (trial) => {
    const request = trial.request();
    const calls = Array.from({ length: CONCURRENT }, () => trial.platform.createDatabase({ ...request }));
    const outcomes = await Promise.allSettled(calls);
    const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
    for (const { reason } of lost) await refused(Promise.reject(reason), 'database_exists');
    assert.equal(lost.length, CONCURRENT - 1);
    assert.deepEqual(await trial.listed(), [request.name]);
  }),
  separate: must('writes to one database do not change another', async (trial) => {
    const [one, other] = [await trial.create(), await trial.create()];
    assert.notEqual(one.info.dbId, other.info.dbId);
    assert.notEqual(one.info.url, other.info.url);
    await one.database.write('one');
    assert.deepEqual(await other.database.read(), []);
  }),
  'invalid-name': must('rejects an invalid name in every method', async ({ platform }) => {
    const before = (await platform.listDatabases()).length;
    for (const name of INVALID_NAMES) {
      await refused(platform.createDatabase({ name }), 'invalid_request');
      await refused(platform.deleteDatabase(name), 'invalid_request');
      await refused(platform.purgeDatabase(name), 'invalid_request');
      await refused(platform.getDatabase(name), 'invalid_request');
      await refused(platform.getDatabaseUsage(name), 'invalid_request');
    }
    assert.equal((await platform.listDatabases()).length, before);
  }),
  aborted: must('creates nothing if the call was aborted before', async (trial) => {
    const creating = trial.platform.createDatabase(trial.request(), { signal: AbortSignal.abort() });
    await refused(creating, 'aborted');
    assert.deepEqual(await trial.listed(), []);
  }),
};

import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { must, NEVER_CREATED, needs, type PlatformChecks } from './platform-check.js';
import { codeOf } from './platform-trial.js';

export const DELETE_CHECKS: PlatformChecks = {
  gone: must('a deleted database is not found, not listed and not accessible', async (trial) => {
    const { name, database } = await trial.create();
    await database.write('a');
    await trial.platform.deleteDatabase(name);
    assert.equal(await trial.platform.getDatabase(name), null);
    assert.deepEqual(await trial.listed(), []);
    const code = await codeOf(database.read());
    assert.ok(code === 'database_not_found' || code === 'unauthorized', code);
  }),
  repeated: must('deleting a database twice succeeds', async (trial) => {
    const { name } = await trial.create();
    await trial.platform.deleteDatabase(name);
    await trial.platform.deleteDatabase(name);
    assert.equal(await trial.platform.getDatabase(name), null);
  }),
  unknown: must('deleting and purging an unknown database succeeds', async ({ platform }) => {
    await platform.deleteDatabase(NEVER_CREATED);
    await platform.purgeDatabase(NEVER_CREATED);
    assert.equal(await platform.getDatabase(NEVER_CREATED), null);
  }),
  others: must('deleting a database leaves the others unchanged', async (trial) => {
    const [one, other] = [await trial.create(), await trial.create()];
    await other.database.write('other');
    await trial.platform.deleteDatabase(one.name);
    assert.deepEqual(await trial.listed(), [other.name]);
    assert.deepEqual(await other.database.read(), ['other']);
  }),
  'purge-live': must('purging a database that was not deleted leaves it unchanged', async (trial) => {
    const { name, database } = await trial.create();
    await database.write('a');
    await trial.platform.purgeDatabase(name);
    assert.deepEqual(await database.read(), ['a']);
  }),
  'purge-repeated': must('purging a deleted database twice succeeds', async (trial) => {
    const { name } = await trial.create();
    await trial.platform.deleteDatabase(name);
    await trial.platform.purgeDatabase(name);
    await trial.platform.purgeDatabase(name);
    assert.equal(await trial.platform.getDatabase(name), null);
  }),
  retains: needs(
    'retention',
    'the name of a deleted database is in use until it is purged',
    async (trial) => {
      const { name } = await trial.create();
      await trial.platform.deleteDatabase(name);
      await refused(trial.platform.createDatabase(trial.request({ name })), 'database_exists');
      await trial.platform.purgeDatabase(name);
      const { database } = await trial.create({ name });
      assert.deepEqual(await database.read(), []);
    },
  ),
  aborted: must('deletes nothing if the call was aborted before', async (trial) => {
    const { name, database } = await trial.create();
    const options = { signal: AbortSignal.abort() };
    await refused(trial.platform.deleteDatabase(name, options), 'aborted');
    await refused(trial.platform.purgeDatabase(name, options), 'aborted');
    assert.deepEqual(await database.read(), []);
  }),
};

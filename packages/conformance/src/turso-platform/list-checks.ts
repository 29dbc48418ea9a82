import assert from 'node:assert/strict';
import { must, NEVER_CREATED, needs, type PlatformChecks } from './platform-check.js';

/** More than one page of a platform that is tested with small pages. */
const MANY = 12;

export const LIST_CHECKS: PlatformChecks = {
  unknown: must('get returns null for an unknown database', async ({ platform }) => {
    assert.equal(await platform.getDatabase(NEVER_CREATED), null);
  }),
  all: must('lists all databases, each once, sorted by name', async (trial) => {
    const names: string[] = [];
    for (let count = 0; count < MANY; count++) {
      const { name } = await trial.platform.createDatabase(trial.request());
      names.push(name);
    }
    assert.deepEqual(await trial.listed(), names.sort());
    const all = (await trial.platform.listDatabases()).map(({ name }) => name);
    assert.deepEqual(all, all.toSorted());
  }),
  group: needs('groups', 'lists the databases of one group', async (trial) => {
    const { name, info } = await trial.create();
    assert.equal(info.group, trial.group);
    assert.deepEqual(await trial.listed(trial.group), [name]);
    assert.deepEqual(await trial.listed('no-such-group'), []);
  }),
};

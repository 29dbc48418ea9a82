import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { NEVER_CREATED, needs, type PlatformChecks } from './platform-check.js';

const copyOf = (name: string) => ({ seed: { type: 'database' as const, name } });

export const SEED_CHECKS: PlatformChecks = {
  copy: needs('seed', 'creates a database with the data of another one', async (trial) => {
    const template = await trial.create();
    await template.database.write('template');
    const { database } = await trial.create(copyOf(template.name));
    assert.deepEqual(await database.read(), ['template']);
  }),
  latest: needs('seed', 'copies what was committed before the call, each time', async (trial) => {
    const template = await trial.create();
    for (const [count, text] of ['a', 'b', 'c'].entries()) {
      await template.database.write(text);
      const { database } = await trial.create(copyOf(template.name));
      assert.deepEqual(await database.read(), ['a', 'b', 'c'].slice(0, count + 1));
    }
  }),
  independent: needs('seed', 'copy and original do not change with each other', async (trial) => {
    const template = await trial.create();
    await template.database.write('both');
    const { database } = await trial.create(copyOf(template.name));
    await template.database.write('original');
    await database.write('copy');
    assert.deepEqual(await template.database.read(), ['both', 'original']);
    assert.deepEqual(await database.read(), ['both', 'copy']);
  }),
  empty: needs('seed', 'copies a database that was never written', async (trial) => {
    const template = await trial.create();
    const { database } = await trial.create(copyOf(template.name));
    await database.write('new');
    assert.deepEqual(await database.read(), ['new']);
  }),
  missing: needs('seed', 'rejects a copy of a missing database, and creates nothing', async (trial) => {
    const creating = trial.platform.createDatabase(trial.request(copyOf(NEVER_CREATED)));
    await refused(creating, 'database_not_found');
    assert.deepEqual(await trial.listed(), []);
  }),
  exists: needs('seed', 'rejects a copy under a name in use, which is unchanged', async (trial) => {
    const [template, taken] = [await trial.create(), await trial.create()];
    await template.database.write('template');
    const creating = trial.platform.createDatabase(
      trial.request({ name: taken.name, ...copyOf(template.name) }),
    );
    await refused(creating, 'database_exists');
    assert.deepEqual(await taken.database.read(), []);
  }),
};

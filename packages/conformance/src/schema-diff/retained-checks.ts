import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { fill } from './fill.js';
import { lookup, NUMBER, object, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const ACCOUNT = object('account', { name: TEXT, size: NUMBER });
const NOTE = object('note', { body: TEXT, account: lookup('account', { deleteBehavior: 'restrict' }) });
const LESS = [object('account', { name: TEXT })];
const DAY_MS = 86_400_000;
const LOSSES = ['remove_field:account.size', 'remove_object:note'];
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS);

async function prepared(trial: SchemaDiffTrial, retentionDays?: number) {
  await trial.deploy([ACCOUNT, NOTE]);
  await fill(trial, [ACCOUNT, NOTE]);
  await trial.deploy(LESS, { allow: LOSSES, ...(retentionDays !== undefined && { retentionDays }) });
}

export const retainedChecks: SchemaDiffChecks = {
  'free-of-keys': must(
    'retained data does not prevent the deletion of records that it refers to',
    async (trial) => {
      await prepared(trial);
      assert.equal(await trial.driver.delete('account', 'account_0'), true);
    },
  ),
  'seven-days': must('removed data is retained for seven days by default', async (trial) => {
    await prepared(trial);
    const { service, driver } = trial;
    assert.equal(await service.purgeRetained(driver, inDays(6.9)), 0);
    await trial.planRollback();
    assert.equal(await service.purgeRetained(driver, inDays(7.1)), 2);
    await refused(trial.planRollback(), 'undo_expired');
  }),
  'other-days': must('removed data is retained for the given number of days', async (trial) => {
    await prepared(trial, 30);
    const { service, driver } = trial;
    assert.equal(await service.purgeRetained(driver, inDays(29.9)), 0);
    assert.equal(await service.purgeRetained(driver, inDays(30.1)), 2);
  }),
  'sweep-now': must('a purge uses the current time if none is given', async (trial) => {
    await prepared(trial);
    assert.equal(await trial.service.purgeRetained(trial.driver), 0);
    await trial.planRollback();
  }),
  'sweep-repeats': must(
    'a repeated purge finds nothing, and an empty database can be purged',
    async (trial) => {
      assert.equal(await trial.service.purgeRetained(trial.driver, inDays(100)), 0);
      await prepared(trial);
      assert.equal(await trial.service.purgeRetained(trial.driver, inDays(100)), 2);
      assert.equal(await trial.service.purgeRetained(trial.driver, inDays(100)), 0);
    },
  ),
  'sweep-leaves': must('a purge does not change schema, records and plans', async (trial) => {
    await prepared(trial);
    const { schema, rows } = await trial.content();
    const plan = await trial.plan([ACCOUNT]);
    await trial.service.purgeRetained(trial.driver, inDays(100));
    const after = await trial.content();
    assert.deepEqual([after.schema.schemaHash, after.rows], [schema.schemaHash, rows]);
    assert.equal((await trial.apply(plan)).outcome, 'applied');
  }),
  'swept-after-planning': must(
    'a rollback planned before the purge is rejected with a code that states the reason',
    async (trial) => {
      await prepared(trial);
      const plan = await trial.planRollback();
      await trial.service.purgeRetained(trial.driver, inDays(100));
      const before = await trial.content();
      const error = await trial.force(plan).catch((reason) => reason);
      assert.ok(
        ['undo_expired', 'plan_stale', 'not_latest'].includes(error.code),
        `The code is ${error.code}.`,
      );
      assert.deepEqual(await trial.content(), before);
    },
  ),
  'nothing-kept': must(
    'a deployment that removed nothing can be rolled back after any purge',
    async (trial) => {
      await trial.deploy(LESS);
      const { schemaHash } = await trial.introspect();
      await trial.deploy([ACCOUNT]);
      await trial.service.purgeRetained(trial.driver, inDays(100));
      await trial.rollback();
      assert.equal((await trial.introspect()).schemaHash, schemaHash);
    },
  ),
  erase: must(
    'erasing includes records of a removed object, and a rollback does not restore them',
    async (trial) => {
      await prepared(trial);
      assert.equal(
        await trial.service.eraseRetained(trial.driver, 'note', ['note_0', 'note_2', 'no_such_id']),
        2,
      );
      await trial.rollback();
      assert.deepEqual(
        (await trial.driver.find('note')).map(({ id }) => id),
        ['note_1'],
      );
    },
  ),
  'erase-values': must(
    'erasing includes values of a removed field, and a rollback does not restore them',
    async (trial) => {
      await prepared(trial);
      assert.equal(await trial.service.eraseRetained(trial.driver, 'account', ['account_0']), 1);
      await trial.rollback();
      const accounts = await trial.driver.find('account', { orderBy: [{ field: 'id' }] });
      assert.deepEqual(
        accounts.map(({ size }) => size),
        [null, -20, null],
      );
    },
  ),
  'erase-converted': must('erasing includes retained values of a converted field', async (trial) => {
    await trial.deploy([object('thing', { value: TEXT })]);
    await trial.driver.bulkCreate('thing', [
      { id: 'a', value: 'secret' },
      { id: 'b', value: '2' },
    ]);
    await trial.deploy([object('thing', { value: NUMBER })], { allow: ['change_field:thing.value'] });
    assert.equal(await trial.service.eraseRetained(trial.driver, 'thing', ['a']), 1);
    await trial.rollback();
    const things = await trial.driver.find('thing', { orderBy: [{ field: 'id' }] });
    assert.deepEqual(
      things.map(({ value }) => value),
      [null, '2'],
    );
  }),
  'erase-several': must('erasing includes data that several deployments removed', async (trial) => {
    await prepared(trial);
    await trial.force(await trial.plan([]));
    assert.equal(await trial.service.eraseRetained(trial.driver, 'account', ['account_0']), 2);
  }),
  'erase-renamed': must('erasing uses the current name of the object', async (trial) => {
    const named = (name: string, from?: string) =>
      object(name, { name: TEXT }, from === undefined ? {} : { renamedFrom: from });
    await trial.deploy([ACCOUNT]);
    await fill(trial, [ACCOUNT]);
    await trial.force(await trial.plan([named('company', 'account')]));
    const { service, driver } = trial;
    assert.equal(await service.eraseRetained(driver, 'account', ['account_0']), 0);
    assert.equal(await service.eraseRetained(driver, 'company', ['account_0']), 1);
    await trial.deploy([named('firm', 'company')]);
    await trial.deploy([named('firm'), named('company')]);
    assert.equal(await service.eraseRetained(driver, 'company', ['account_1']), 0);
    assert.equal(await service.eraseRetained(driver, 'firm', ['account_1']), 1);
    await trial.force(await trial.plan([named('company')]));
    assert.equal(await service.eraseRetained(driver, 'firm', ['account_2']), 2);
  }),
  'erase-rolled-back': must(
    'erasing uses the previous name again after a rename was rolled back',
    async (trial) => {
      await trial.deploy([ACCOUNT]);
      await fill(trial, [ACCOUNT]);
      await trial.force(
        await trial.plan([object('company', { name: TEXT, size: TEXT }, { renamedFrom: 'account' })]),
      );
      await trial.force(await trial.plan([object('company', { name: TEXT })]));
      await trial.rollback();
      await trial.rollback();
      assert.ok((await trial.service.eraseRetained(trial.driver, 'account', ['account_1'])) > 0);
      assert.equal(await trial.service.eraseRetained(trial.driver, 'company', ['account_1']), 0);
    },
  ),
  'erase-nothing': must('erasing no ids, or without retained data, erases nothing', async (trial) => {
    const { service, driver } = trial;
    assert.equal(await service.eraseRetained(driver, 'note', ['note_0']), 0);
    await prepared(trial);
    assert.equal(await service.eraseRetained(driver, 'note', []), 0);
    assert.equal(await service.eraseRetained(driver, 'nothing', ['note_0']), 0);
    assert.equal(await driver.count('account'), 3);
  }),
};

import assert from 'node:assert/strict';
import type { Component } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { fill } from './fill.js';
import { lookup, NUMBER, object, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const ACCOUNT = object('account', { name: TEXT, size: NUMBER });
const NOTE = object('note', { body: TEXT, account: lookup('account', { deleteBehavior: 'restrict' }) });
const BEFORE = [ACCOUNT, NOTE];
const AFTER = [object('account', { name: TEXT })];
const VIEW: Component = { kind: 'view', name: 'all', definition: { columns: ['name'] } };

/** Something was taken away. */
async function prepared(trial: SchemaDiffTrial) {
  await trial.deploy(BEFORE, { deploymentId: 'first' });
  await fill(trial, BEFORE);
  const before = await trial.content();
  await trial.force(await trial.plan(AFTER));
  return before;
}

export const rollbackChecks: SchemaDiffChecks = {
  'changes-nothing': must('planning it changes nothing', async (trial) => {
    await prepared(trial);
    const content = await trial.content();
    const plan = await trial.planRollback();
    assert.deepEqual(await trial.planRollback(), plan);
    assert.deepEqual(await trial.content(), content);
  }),
  whole: must('brings objects, fields, values and row ids back', async (trial) => {
    const before = await prepared(trial);
    await trial.rollback();
    const after = await trial.content();
    assert.deepEqual(
      [after.schema.tables, after.schema.objects],
      [before.schema.tables, before.schema.objects],
    );
    assert.equal(after.schema.schemaHash, before.schema.schemaHash);
    assert.deepEqual(after.rows, before.rows);
  }),
  'keeps-later': must('keeps what was written since: records that came, changed and went', async (trial) => {
    await prepared(trial);
    const { driver } = trial;
    await driver.create('account', { id: 'later', name: 'later' });
    await driver.update('account', 'account_1', { name: 'changed' });
    await driver.delete('account', 'account_2');
    await trial.rollback();
    const accounts = await driver.find('account', { orderBy: [{ field: 'id' }] });
    assert.deepEqual(
      accounts.map(({ id, name, size }) => [id, name, size]),
      [
        ['account_0', 'account "name" 0', 1.5],
        ['account_1', 'changed', -20],
        ['later', 'later', null],
      ],
    );
  }),
  'keeps-converted': must(
    'keeps a value that was written after its field was stored in another way',
    async (trial) => {
      await trial.deploy([object('thing', { value: TEXT })]);
      const { driver } = trial;
      await driver.bulkCreate('thing', [
        { id: 'a', value: '1.0' },
        { id: 'b', value: '2.0' },
      ]);
      await trial.deploy([object('thing', { value: NUMBER })]);
      await driver.update('thing', 'b', { value: 3 });
      await driver.create('thing', { id: 'c', value: 4 });
      await trial.rollback();
      const values = (await driver.find('thing', { orderBy: [{ field: 'id' }] })).map(({ value }) => value);
      assert.deepEqual(values, ['1.0', '3', '4']);
    },
  ),
  'needs-allowance': must(
    'what the deployment added is taken away only when that is allowed',
    async (trial) => {
      await trial.deploy([object('account', { name: TEXT })]);
      await trial.deploy([ACCOUNT, NOTE]);
      const plan = await trial.planRollback();
      const before = await trial.content();
      const { details } = await refused(trial.apply(plan), 'destructive_not_allowed');
      assert.deepEqual([...(details.changes as string[])].sort(), [
        'remove_field:account.size',
        'remove_object:note',
      ]);
      assert.deepEqual(await trial.content(), before);
    },
  ),
  'of-rollback': must('can itself be rolled back, with what had been added and filled', async (trial) => {
    await trial.deploy([object('account', { name: TEXT })]);
    await trial.deploy(BEFORE);
    await fill(trial, BEFORE);
    const filled = await trial.content();
    await trial.rollback();
    await trial.rollback();
    const again = await trial.content();
    assert.equal(again.schema.schemaHash, filled.schema.schemaHash);
    assert.deepEqual(again.rows, filled.rows);
  }),
  'new-deployment': must('is a deployment of its own', async (trial) => {
    await prepared(trial);
    const { deploymentId: latest } = await trial.introspect();
    const { outcome, deploymentId } = await trial.rollback();
    assert.equal(outcome, 'applied');
    assert.notEqual(deploymentId, latest);
    assert.notEqual(deploymentId, 'first');
    assert.equal((await trial.introspect()).deploymentId, deploymentId);
  }),
  components: must('brings views, flows and permission sets back', async (trial) => {
    await trial.deploy([ACCOUNT], { components: [VIEW, { ...VIEW, name: 'some' }] });
    const { components, schemaHash } = await trial.introspect();
    const other = { ...VIEW, definition: { columns: ['size'] } };
    await trial.deploy([ACCOUNT], { components: [other, { ...VIEW, kind: 'flow' }] });
    await trial.rollback();
    const after = await trial.introspect();
    assert.deepEqual([after.components, after.schemaHash], [components, schemaHash]);
  }),
  counter: must('brings the counter of an autonumber back', async (trial) => {
    const number = { type: 'autonumber', autonumberFormat: 'N-{000}' };
    await trial.deploy([object('thing', { name: TEXT, number })]);
    await trial.driver.bulkCreate('thing', [{ name: 'a' }, { name: 'b' }]);
    await trial.force(await trial.plan([object('thing', { name: TEXT })]));
    await trial.rollback();
    assert.equal((await trial.driver.create('thing', { name: 'c' })).number, 'N-003');
  }),
  'by-id': must('takes the latest deployment by its id', async (trial) => {
    await prepared(trial);
    const { deploymentId } = await trial.introspect();
    const plan = await trial.planRollback({ deploymentId: deploymentId ?? '' });
    assert.deepEqual(plan, await trial.planRollback());
  }),
  'not-latest': must('of a deployment that is not the latest, or of none, is not_latest', async (trial) => {
    await refused(trial.planRollback(), 'not_latest');
    await prepared(trial);
    await refused(trial.planRollback({ deploymentId: 'first' }), 'not_latest');
    await refused(trial.planRollback({ deploymentId: 'nobody' }), 'not_latest');
  }),
  overtaken: must('planned before another deployment is refused, with nothing changed', async (trial) => {
    await prepared(trial);
    const plan = await trial.planRollback();
    await trial.deploy([...AFTER, object('more', { name: TEXT })]);
    const before = await trial.content();
    await refused(trial.force(plan), 'plan_stale');
    assert.deepEqual(await trial.content(), before);
  }),
  'overtaken-in-silence': must(
    'planned before a deployment that changed nothing is not_latest',
    async (trial) => {
      await prepared(trial);
      const plan = await trial.planRollback();
      await trial.deploy(AFTER);
      await refused(trial.force(plan), 'not_latest');
    },
  ),
  'gone-target': must(
    'leaves a lookup empty whose target is gone since, and the preflight tells it',
    async (trial) => {
      const linked = object('contact', { account: lookup('account'), name: TEXT });
      await trial.deploy([ACCOUNT, linked]);
      await fill(trial, [ACCOUNT, linked]);
      await trial.force(await trial.plan([ACCOUNT, object('contact', { name: TEXT })]));
      await trial.driver.delete('account', 'account_0');
      const plan = await trial.planRollback();
      const [finding] = await trial.findings(plan);
      assert.deepEqual([finding?.rows, finding?.samples], [1, ['contact_0']]);
      await trial.force(plan);
      const contacts = await trial.driver.find('contact', { orderBy: [{ field: 'id' }] });
      assert.deepEqual(
        contacts.map(({ account }) => account),
        [null, 'account_1', null],
      );
    },
  ),
  'gone-target-of-object': must(
    'tells in the preflight of the records that cannot come back because what they refer to is gone',
    async (trial) => {
      await prepared(trial);
      await trial.driver.delete('account', 'account_0');
      const plan = await trial.planRollback();
      const stops = (await trial.findings(plan)).filter(({ checkId }) =>
        plan.preflight.some(({ id, stops }) => id === checkId && stops === 'always'),
      );
      const error = await trial.force(plan).then(
        () => null,
        (reason) => reason,
      );
      assert.equal(
        error !== null,
        stops.length > 0,
        `The preflight differs from what happens: ${error?.code}`,
      );
    },
  ),
};

import assert from 'node:assert/strict';
import type { Component } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { fill } from './fill.js';
import { NUMBER, object, TEXT } from './objects.js';
import { ACCOUNT, BEFORE, deployWithRemovals, NOTE } from './sample-loss.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';

const VIEW: Component = { kind: 'view', name: 'all', definition: { columns: ['name'] } };

export const rollbackChecks: SchemaDiffChecks = {
  'changes-nothing': must('planning a rollback changes nothing', async (trial) => {
    await deployWithRemovals(trial);
    const content = await trial.content();
    const plan = await trial.planRollback();
    assert.deepEqual(await trial.planRollback(), plan);
    assert.deepEqual(await trial.content(), content);
  }),
  whole: must('restores objects, fields, values and row ids', async (trial) => {
    const before = await deployWithRemovals(trial);
    await trial.rollback();
    const after = await trial.content();
    assert.deepEqual(
      [after.schema.tables, after.schema.objects],
      [before.schema.tables, before.schema.objects],
    );
    assert.equal(after.schema.schemaHash, before.schema.schemaHash);
    assert.deepEqual(after.rows, before.rows);
  }),
  'keeps-later': must('preserves later writes: created, updated and deleted records', async (trial) => {
    await deployWithRemovals(trial);
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
    'preserves a value that was written after its field was converted',
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
  'needs-allowance': must('removes additions of the deployment only with approval', async (trial) => {
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
  }),
  'of-rollback': must(
    'can itself be rolled back, which restores additions and filled values',
    async (trial) => {
      await trial.deploy([object('account', { name: TEXT })]);
      await trial.deploy(BEFORE);
      await fill(trial, BEFORE);
      const filled = await trial.content();
      const { deploymentId } = await trial.rollback();
      await trial.rollback({ deploymentId });
      const again = await trial.content();
      assert.equal(again.schema.schemaHash, filled.schema.schemaHash);
      assert.deepEqual(again.rows, filled.rows);
    },
  ),
  'new-deployment': must('is a deployment of its own', async (trial) => {
    await deployWithRemovals(trial);
    const { deploymentId: latest } = await trial.introspect();
    const { outcome, deploymentId } = await trial.rollback();
    assert.equal(outcome, 'applied');
    assert.notEqual(deploymentId, latest);
    assert.notEqual(deploymentId, 'first');
    assert.equal((await trial.introspect()).deploymentId, deploymentId);
  }),
  components: must('restores views, flows and permission sets', async (trial) => {
    await trial.deploy([ACCOUNT], { components: [VIEW, { ...VIEW, name: 'some' }] });
    const { components, schemaHash } = await trial.introspect();
    const other = { ...VIEW, definition: { columns: ['size'] } };
    await trial.deploy([ACCOUNT], { components: [other, { ...VIEW, kind: 'flow' }] });
    await trial.rollback();
    const after = await trial.introspect();
    assert.deepEqual([after.components, after.schemaHash], [components, schemaHash]);
  }),
  counter: must('restores the counter of an autonumber', async (trial) => {
    const number = { type: 'autonumber', autonumberFormat: 'N-{000}' };
    await trial.deploy([object('thing', { name: TEXT, number })]);
    await trial.driver.bulkCreate('thing', [{ name: 'a' }, { name: 'b' }]);
    await trial.force(await trial.plan([object('thing', { name: TEXT })]));
    await trial.rollback();
    assert.equal((await trial.driver.create('thing', { name: 'c' })).number, 'N-003');
  }),
};

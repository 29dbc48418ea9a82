import assert from 'node:assert/strict';
import type { MigrationPlan } from '@objectstack/spec/system';
import { NUMBER, object, TEXT } from './objects.js';
import { AFTER, planned } from './sample-change.js';
import { must, type SchemaDiffChecks, withAnother } from './schema-diff-check.js';

export const repeatChecks: SchemaDiffChecks = {
  twice: must('the plan that was applied last is recognized and not applied again', async (trial) => {
    const { plan } = await planned(trial);
    await trial.apply(plan, { deploymentId: 'first' });
    const content = await trial.content();
    const { outcome, deploymentId, statementsExecuted } = await trial.apply(plan, { deploymentId: 'second' });
    assert.deepEqual([outcome, deploymentId, statementsExecuted], ['already_applied', 'first', 0]);
    assert.deepEqual(await trial.content(), content);
  }),
  rollback: must('the rollback that was applied last is recognized and not applied again', async (trial) => {
    await planned(trial);
    await trial.deploy(AFTER);
    const back = await trial.planRollback();
    const first = await trial.force(back);
    const again = await trial.force(back);
    assert.deepEqual([again.outcome, again.deploymentId], ['already_applied', first.deploymentId]);
  }),
  'other-driver': withAnother('the plan that another driver applied last is recognized', async (trial) => {
    const { plan } = await planned(trial);
    const other = await trial.another();
    const first = await trial.apply(plan);
    const again = await trial.service.applyMigrations(other, plan);
    assert.deepEqual([again.outcome, again.deploymentId], ['already_applied', first.deploymentId]);
  }),
  later: must('a plan whose base schema was restored is applied again', async (trial) => {
    const { plan } = await planned(trial);
    await trial.apply(plan);
    await trial.rollback();
    assert.equal((await trial.apply(plan)).outcome, 'applied');
    assert.equal((await trial.introspect()).schemaHash, plan.targetSchemaHash);
  }),
};

/** Outcomes of several concurrent calls. */
async function outcomes(work: readonly Promise<{ outcome: string }>[]): Promise<string[]> {
  const settled = await Promise.allSettled(work);
  return settled
    .map((result) => (result.status === 'fulfilled' ? result.value.outcome : result.reason?.code))
    .sort();
}

export const concurrentChecks: SchemaDiffChecks = {
  'other-plans': must(
    'of several concurrent plans exactly one is applied; the others are plan_stale',
    async (trial) => {
      await planned(trial);
      const fields = ['a', 'b', 'c', 'd'];
      const plans: MigrationPlan[] = [];
      for (const name of fields)
        plans.push(await trial.plan([object('account', { name: TEXT, size: NUMBER, [name]: TEXT })]));
      const { service, driver } = trial;
      const ended = await outcomes(plans.map((plan) => service.applyMigrations(driver, plan)));
      assert.deepEqual(ended, ['applied', 'plan_stale', 'plan_stale', 'plan_stale']);
      const { schemaHash } = await trial.introspect();
      assert.equal(plans.filter(({ targetSchemaHash }) => targetSchemaHash === schemaHash).length, 1);
    },
  ),
  'same-plan': must(
    'the same plan in concurrent calls is applied once and otherwise recognized',
    async (trial) => {
      const { plan } = await planned(trial);
      const { service, driver } = trial;
      const ended = await outcomes([1, 2, 3].map(() => service.applyMigrations(driver, plan)));
      assert.deepEqual(ended, ['already_applied', 'already_applied', 'applied']);
    },
  ),
  'same-plan-words': must(
    'the same plan without statements in concurrent calls is applied once and otherwise recognized',
    async (trial) => {
      await planned(trial);
      const plans: MigrationPlan[] = [];
      for (const label of ['one', 'two', 'three'])
        plans.push(await trial.plan([object('account', { name: TEXT, size: NUMBER }, { label })]));
      const { service, driver } = trial;
      const ended = await outcomes(plans.map((plan) => service.applyMigrations(driver, plan)));
      assert.deepEqual(ended, ['applied', 'plan_stale', 'plan_stale']);
    },
  ),
  'other-drivers': withAnother(
    'of concurrent plans from several drivers exactly one is applied',
    async (trial) => {
      await planned(trial);
      const { service, driver } = trial;
      const drivers = [driver, await trial.another(), await trial.another()];
      const plans: MigrationPlan[] = [];
      for (const [place] of drivers.entries())
        plans.push(await trial.plan([object('account', { name: TEXT, size: NUMBER, [`f${place}`]: TEXT })]));
      const ended = await outcomes(
        drivers.map((each, place) => service.applyMigrations(each, plans[place] ?? assert.fail())),
      );
      assert.deepEqual(ended, ['applied', 'plan_stale', 'plan_stale']);
      const { schemaHash } = await trial.introspect();
      assert.equal(plans.filter(({ targetSchemaHash }) => targetSchemaHash === schemaHash).length, 1);
    },
  ),
};

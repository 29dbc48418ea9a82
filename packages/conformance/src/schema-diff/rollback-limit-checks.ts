import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { fill } from './fill.js';
import { lookup, object, TEXT } from './objects.js';
import { ACCOUNT, AFTER, deployWithRemovals } from './sample-loss.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';

/** Which deployments can be rolled back, and what cannot be restored. */
export const rollbackLimitChecks: SchemaDiffChecks = {
  'by-id': must('accepts the latest deployment by its id', async (trial) => {
    await deployWithRemovals(trial);
    const { deploymentId } = await trial.introspect();
    const plan = await trial.planRollback({ deploymentId: deploymentId ?? '' });
    assert.deepEqual(plan, await trial.planRollback());
  }),
  'not-latest': must(
    'of a deployment that is not the latest, or does not exist, is rejected with not_latest',
    async (trial) => {
      await refused(trial.planRollback(), 'not_latest');
      await deployWithRemovals(trial);
      await refused(trial.planRollback({ deploymentId: 'first' }), 'not_latest');
      await refused(trial.planRollback({ deploymentId: 'no_such_id' }), 'not_latest');
    },
  ),
  overtaken: must('planned before another deployment is rejected, with nothing changed', async (trial) => {
    await deployWithRemovals(trial);
    const plan = await trial.planRollback();
    await trial.deploy([...AFTER, object('more', { name: TEXT })]);
    const before = await trial.content();
    await refused(trial.force(plan), 'plan_stale');
    assert.deepEqual(await trial.content(), before);
  }),
  'overtaken-in-silence': must(
    'planned before a deployment that changed nothing remains valid',
    async (trial) => {
      await deployWithRemovals(trial);
      const plan = await trial.planRollback();
      await trial.deploy(AFTER);
      assert.equal((await trial.force(plan)).outcome, 'applied');
    },
  ),
  'gone-target': must(
    'clears a lookup whose target was deleted, and the preflight reports it',
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
    'reports in the preflight the records that cannot be restored because their target was deleted',
    async (trial) => {
      await deployWithRemovals(trial);
      await trial.driver.delete('account', 'account_0');
      const plan = await trial.planRollback();
      const stops = (await trial.findings(plan)).filter(({ checkId }) =>
        plan.preflight.some(({ id, stops }) => id === checkId && stops === 'always'),
      );
      const error = await trial.force(plan).then(
        () => null,
        (reason) => reason,
      );
      assert.equal(error !== null, stops.length > 0, `The preflight differs from the result: ${error?.code}`);
    },
  ),
};

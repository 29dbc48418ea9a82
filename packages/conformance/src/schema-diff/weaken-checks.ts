import assert from 'node:assert/strict';
import { refused } from '../kit/refused.js';
import { lookup, NUMBER, object, STORED, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';

const ACCOUNT = object('account', { name: TEXT });
const RULES = {
  account: lookup('account'),
  code: { type: 'text', unique: true },
  name: STORED,
  size: { type: 'number', max: 10 },
};
const STRICT = [ACCOUNT, object('thing', RULES)];
/** Without each of its rules: a foreign key, a unique index, NOT NULL and a limit. */
const LOOSE = [ACCOUNT, object('thing', { account: TEXT, code: TEXT, name: TEXT, size: NUMBER })];
const CODES = ['WI401', 'WI402', 'WI403', 'WI404'];
const option = (value: string) => ({ label: value, value });

export const weakenChecks: SchemaDiffChecks = {
  refused: must(
    'no rule is removed without approval: destructive_not_allowed lists the changes, with nothing changed',
    async (trial) => {
      await trial.deploy(STRICT);
      const before = await trial.content();
      const plan = await trial.plan(LOOSE);
      const weaker = [...plan.diff.fields, ...plan.diff.indexes].filter(
        ({ risk }) => risk === 'weakens_integrity',
      );
      assert.deepEqual(weaker.map(({ code }) => code).sort(), CODES);
      const ids = weaker.map(({ id }) => id).sort();
      const { details } = await refused(trial.apply(plan), 'destructive_not_allowed');
      assert.deepEqual([...(details.changes as string[])].sort(), ids);
      for (const id of ids) {
        const allow = ids.filter((other) => other !== id);
        const rest = await refused(trial.apply(plan, { allow }), 'destructive_not_allowed');
        assert.deepEqual(rest.details.changes, [id]);
      }
      assert.deepEqual(await trial.content(), before);
    },
  ),
  allowed: must('a rule that is removed with approval is no longer enforced', async (trial) => {
    await trial.deploy(STRICT);
    await trial.driver.create('thing', { id: 'one', code: 'a', name: 'x', size: 10 });
    const against = { account: 'no_such_id', code: 'a', size: 11 };
    await refused(trial.driver.create('thing', { name: 'x', size: 11 }), 'validation_failed');
    await trial.force(await trial.plan(LOOSE));
    const { id } = await trial.driver.create('thing', against);
    const found = await trial.driver.findOne('thing', { where: { id } });
    assert.deepEqual([found?.account, found?.code, found?.size], Object.values(against));
  }),
  loosened: must('a relaxed limit or additional options need no approval', async (trial) => {
    const wide = (max: number, ...values: string[]) => [
      object('thing', {
        size: { type: 'number', max },
        kind: { type: 'select', options: values.map(option) },
      }),
    ];
    await trial.deploy(wide(10, 'a'));
    const { outcome } = await trial.deploy(wide(20, 'a', 'b'));
    assert.equal(outcome, 'applied');
  }),
  back: must('a rollback needs no approval for the rules that it restores', async (trial) => {
    await trial.deploy(LOOSE);
    await trial.deploy(STRICT);
    assert.equal((await trial.apply(await trial.planRollback())).outcome, 'applied');
  }),
  told: must('a removed rule does not conceal other effects of the change', async (trial) => {
    await trial.deploy([object('thing', { size: { type: 'text', required: true, maxLength: 9 } })]);
    const { fields } = await trial.diff([object('thing', { size: NUMBER })]);
    assert.deepEqual(
      fields.map(({ risk, code, weakens }) => [risk, code, weakens]),
      [['weakens_integrity', 'DS103', ['WI403']]],
    );
  }),
};

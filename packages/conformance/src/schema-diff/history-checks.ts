import assert from 'node:assert/strict';
import type { MigrationPlan } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { fill } from './fill.js';
import { NUMBER, object, TEXT } from './objects.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';
import type { SchemaDiffTrial } from './schema-diff-trial.js';

const BEFORE = [object('account', { name: TEXT, size: NUMBER })];
const AFTER = [object('account', { name: { type: 'text', unique: true }, more: TEXT, size: TEXT })];
const OTHER = [object('account', { name: TEXT, size: NUMBER, other: TEXT })];

async function prepared(trial: SchemaDiffTrial) {
  await trial.deploy(BEFORE);
  await fill(trial, BEFORE);
  return { plan: await trial.plan(AFTER), before: await trial.content() };
}

export const repeatChecks: SchemaDiffChecks = {
  twice: must('a plan that ran last is recognised and does not run again', async (trial) => {
    const { plan } = await prepared(trial);
    await trial.apply(plan, { deploymentId: 'first' });
    const content = await trial.content();
    const { outcome, deploymentId, statementsExecuted } = await trial.apply(plan, { deploymentId: 'second' });
    assert.deepEqual([outcome, deploymentId, statementsExecuted], ['already_applied', 'first', 0]);
    assert.deepEqual(await trial.content(), content);
  }),
  rollback: must('a way back that ran last is recognised too', async (trial) => {
    await prepared(trial);
    await trial.deploy(AFTER);
    const back = await trial.planRollback();
    const first = await trial.force(back);
    const again = await trial.force(back);
    assert.deepEqual([again.outcome, again.deploymentId], ['already_applied', first.deploymentId]);
  }),
  later: must('a plan whose base has come back is applied again', async (trial) => {
    const { plan } = await prepared(trial);
    await trial.apply(plan);
    await trial.rollback();
    assert.equal((await trial.apply(plan)).outcome, 'applied');
    assert.equal((await trial.introspect()).schemaHash, plan.targetSchemaHash);
  }),
};

type Tamper = (plan: MigrationPlan) => void;
const TAMPERINGS: Readonly<Record<string, Tamper>> = {
  'a statement that does something else': (plan) => {
    const [statement] = plan.statements;
    if (statement) statement.sql = 'DROP TABLE account';
  },
  'no statements': (plan) => {
    plan.statements = [];
  },
  'another explanation': (plan) => {
    const [statement] = plan.statements;
    if (statement) statement.explanation = 'Harmless.';
  },
  'another risk': (plan) => {
    for (const change of plan.diff.fields) change.risk = change.risk === 'safe' ? 'may_fail' : 'safe';
  },
  'no preflight': (plan) => {
    plan.preflight = [];
  },
  'another target': (plan) => {
    plan.targetSchemaHash = plan.baseSchemaHash;
    plan.diff.targetSchemaHash = plan.baseSchemaHash;
  },
  'another bundle': (plan) => {
    plan.bundleChecksum = 'b'.repeat(64);
    plan.bundleVersion = '9.9.9';
  },
  'another hash': (plan) => {
    plan.planHash = plan.planHash.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  },
};

export const refuseChecks: SchemaDiffChecks = {
  stale: must('a plan for another schema is plan_stale, with nothing changed', async (trial) => {
    const { plan } = await prepared(trial);
    await trial.deploy(OTHER);
    const before = await trial.content();
    await refused(trial.apply(plan), 'plan_stale');
    assert.deepEqual(await trial.content(), before);
  }),
  'stale-by-hand': must(
    'a plan is plan_stale once somebody has made a table, view or index',
    async (trial) => {
      const { plan } = await prepared(trial);
      await trial.sql('CREATE TABLE theirs (a TEXT)');
      await refused(trial.apply(plan), 'plan_stale');
      await trial.sql('DROP TABLE theirs');
      await trial.sql('CREATE INDEX theirs ON account (size)');
      await refused(trial.apply(plan), 'plan_stale');
    },
  ),
  tampered: must(
    'a plan in which anything was changed is invalid_plan, with nothing changed',
    async (trial) => {
      const { plan, before } = await prepared(trial);
      for (const [what, tamper] of Object.entries(TAMPERINGS)) {
        const other = structuredClone(plan);
        tamper(other);
        assert.notDeepEqual(other, plan, what);
        await refused(trial.apply(other), 'invalid_plan');
      }
      assert.deepEqual(await trial.content(), before);
    },
  ),
  'no-plan': must('what is no plan is invalid_plan', async (trial) => {
    for (const nothing of [null, {}, { planHash: 'a'.repeat(64) }, 'plan'])
      await refused(trial.service.applyMigrations(trial.driver, nothing as never), 'invalid_plan');
  }),
  'lying-diff': must('a plan made of a diff that hides a loss takes nothing away', async (trial) => {
    const { before } = await prepared(trial);
    const diff = structuredClone(await trial.diff([object('account', { name: TEXT })]));
    for (const change of diff.fields) change.risk = 'safe';
    const lying = trial.service.generateMigrations(diff, 'sqlite');
    const error = await trial.apply(lying).catch((reason) => reason);
    assert.ok(['invalid_plan', 'destructive_not_allowed'].includes(error.code), `It is ${error.code}.`);
    assert.deepEqual(await trial.content(), before);
  }),
  findings: must('what was counted in one tenant stands beside the hash', async (trial) => {
    const { plan } = await prepared(trial);
    const findings = await trial.service.runPreflight(trial.driver, plan);
    assert.equal((await trial.apply({ ...plan, findings })).outcome, 'applied');
  }),
  aborted: must(
    'a call whose signal is aborted is refused as aborted, with nothing changed',
    async (trial) => {
      const { plan, before } = await prepared(trial);
      await refused(trial.apply(plan, { signal: AbortSignal.abort() }), 'aborted');
      assert.deepEqual(await trial.content(), before);
      assert.equal((await trial.apply(plan)).outcome, 'applied');
    },
  ),
};

/** What became of several applies at once. */
async function outcomes(work: readonly Promise<{ outcome: string }>[]): Promise<string[]> {
  const settled = await Promise.allSettled(work);
  return settled
    .map((result) => (result.status === 'fulfilled' ? result.value.outcome : result.reason?.code))
    .sort();
}

export const concurrentChecks: SchemaDiffChecks = {
  'other-plans': must(
    'of several plans at once exactly one is applied; the others are plan_stale',
    async (trial) => {
      await prepared(trial);
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
    'the same plan several times at once is applied once and recognised otherwise',
    async (trial) => {
      const { plan } = await prepared(trial);
      const { service, driver } = trial;
      const ended = await outcomes([1, 2, 3].map(() => service.applyMigrations(driver, plan)));
      assert.deepEqual(ended, ['already_applied', 'already_applied', 'applied']);
    },
  ),
  'same-plan-words': must('the same holds for plans without statements', async (trial) => {
    await prepared(trial);
    const plans: MigrationPlan[] = [];
    for (const label of ['one', 'two', 'three'])
      plans.push(await trial.plan([object('account', { name: TEXT, size: NUMBER }, { label })]));
    const { service, driver } = trial;
    const ended = await outcomes(plans.map((plan) => service.applyMigrations(driver, plan)));
    assert.deepEqual(ended, ['applied', 'plan_stale', 'plan_stale']);
  }),
};

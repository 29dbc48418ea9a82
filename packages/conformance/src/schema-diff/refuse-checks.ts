import assert from 'node:assert/strict';
import type { MigrationPlan } from '@objectstack/spec/system';
import { refused } from '../kit/refused.js';
import { object, TEXT } from './objects.js';
import { OTHER, planned } from './sample-change.js';
import { must, type SchemaDiffChecks } from './schema-diff-check.js';

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
  stale: must(
    'a plan for another schema is rejected with plan_stale, with nothing changed',
    async (trial) => {
      const { plan } = await planned(trial);
      await trial.deploy(OTHER);
      const before = await trial.content();
      await refused(trial.apply(plan), 'plan_stale');
      assert.deepEqual(await trial.content(), before);
    },
  ),
  'stale-by-hand': must(
    'a plan is stale after an unmanaged table, view or index was created',
    async (trial) => {
      const { plan } = await planned(trial);
      await trial.sql('CREATE TABLE theirs (a TEXT)');
      await refused(trial.apply(plan), 'plan_stale');
      await trial.sql('DROP TABLE theirs');
      await trial.sql('CREATE INDEX theirs ON account (size)');
      await refused(trial.apply(plan), 'plan_stale');
    },
  ),
  tampered: must('a modified plan is rejected with invalid_plan, with nothing changed', async (trial) => {
    const { plan, before } = await planned(trial);
    for (const [what, tamper] of Object.entries(TAMPERINGS)) {
      const other = structuredClone(plan);
      tamper(other);
      assert.notDeepEqual(other, plan, what);
      await refused(trial.apply(other), 'invalid_plan');
    }
    assert.deepEqual(await trial.content(), before);
  }),
  'no-plan': must('a value that is not a plan is rejected with invalid_plan', async (trial) => {
    for (const nothing of [null, {}, { planHash: 'a'.repeat(64) }, 'plan'])
      await refused(trial.service.applyMigrations(trial.driver, nothing as never), 'invalid_plan');
  }),
  'lying-diff': must('a plan for a diff that conceals data loss removes nothing', async (trial) => {
    const { before } = await planned(trial);
    const diff = structuredClone(await trial.diff([object('account', { name: TEXT })]));
    for (const change of diff.fields) change.risk = 'safe';
    const lying = trial.service.generateMigrations(diff, 'sqlite');
    const error = await trial.apply(lying).catch((reason) => reason);
    assert.ok(['invalid_plan', 'destructive_not_allowed'].includes(error.code), `The code is ${error.code}.`);
    assert.deepEqual(await trial.content(), before);
  }),
  findings: must('preflight findings are not included in the hash', async (trial) => {
    const { plan } = await planned(trial);
    const findings = await trial.service.runPreflight(trial.driver, plan);
    assert.equal((await trial.apply({ ...plan, findings })).outcome, 'applied');
  }),
  aborted: must('a call with an aborted signal rejects with aborted, with nothing changed', async (trial) => {
    const { plan, before } = await planned(trial);
    await refused(trial.apply(plan, { signal: AbortSignal.abort() }), 'aborted');
    assert.deepEqual(await trial.content(), before);
    assert.equal((await trial.apply(plan)).outcome, 'applied');
  }),
};
